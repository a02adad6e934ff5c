-- Question: Which klachten may a user read?
-- Grain: one row per klacht that the user may read
-- Step: all
-- Parameters: gebruiker, leest_alles, leest_eigen
-- The same rule as leesrecht in dossier/lezen.py, for lists; tests/test_klachtenlijst.py compares the two. `leest_alles` and
-- `leest_eigen` are what the table of rights gives. Who is involved reads nothing of that klacht, and does not see that it is
-- there. NOT leest_alles leaves the roles unread for whoever sees all: nothing of that is skipped by itself.
SELECT k.*
FROM klacht AS k
WHERE
    NOT list_contains(k.betrokkenen, gebruiker)
    AND (
        leest_alles
        OR (
            leest_eigen
            AND (
                COALESCE(k.behandelaar = gebruiker, FALSE)
                OR (k.ontvanger = gebruiker AND k.behandelaar IS NULL)
                -- Who records what somebody outside decides.
                OR k.klachtnummer IN (
                    SELECT f.klachtnummer
                    FROM gebeurtenis AS f
                    LEFT JOIN gebeurtenis AS later
                        ON later.corrigeert = COALESCE(f.corrigeert, f.nr) AND later.nr > f.nr
                    WHERE f.soort = 'BuitenstaanderAangewezen' AND later.nr IS NULL AND NOT leest_alles
                    GROUP BY f.klachtnummer
                    HAVING arg_max(f.gegevens ->> 'vastlegger', COALESCE(f.corrigeert, f.nr)) = gebruiker
                )
            )
        )
    )
