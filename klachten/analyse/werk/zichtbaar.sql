-- Question: Which klachten may a user see in a list, and of which may the user read the content?
-- Grain: one row per klacht
-- Step: all
-- Parameters: gebruiker, leest_alles
-- The same rule as mag_lezen in mag.py, for lists; tests/test_klachtenlijst.py compares the two. `leest_alles` is TRUE for
-- coordinator and directie. Who is involved reads nothing of that klacht; who has no role in it does not see it at all.
-- NOT leest_alles leaves the roles unread for whoever sees all: nothing of that is skipped by itself.
SELECT r.*, r.in_lijst AND NOT r.betrokken AS mag_lezen
FROM (
    SELECT
        k.*,
        list_contains(k.betrokkenen, gebruiker) AS betrokken,
        leest_alles
        OR k.ontvanger = gebruiker
        OR COALESCE(k.behandelaar = gebruiker, FALSE)
        OR k.klachtnummer IN (
            SELECT m.klachtnummer
            FROM maatregel AS m
            WHERE m.actienemer = gebruiker AND m.vervallen_op IS NULL AND NOT leest_alles
        )
        -- Who records what somebody outside decides.
        OR k.klachtnummer IN (
            SELECT f.klachtnummer
            FROM gebeurtenis AS f
            LEFT JOIN gebeurtenis AS later
                ON later.corrigeert = COALESCE(f.corrigeert, f.nr) AND later.nr > f.nr
            WHERE f.soort = 'BuitenstaanderAangewezen' AND later.nr IS NULL AND NOT leest_alles
            GROUP BY f.klachtnummer
            HAVING arg_max(f.gegevens ->> 'vastlegger', COALESCE(f.corrigeert, f.nr)) = gebruiker
        ) AS in_lijst
    FROM klacht AS k
) AS r
