-- Question: how many klachten have each choice of a list, how many of those are running, and since when?
-- Grain: one row per choice that a klacht has
-- Step: 1, 3, 6
-- Parameters: lijst
-- What a beheerder sees before a choice is renamed, merged or ended; counts only. Klachten taken over keep their own lists.
-- A klacht counts once for its categorie and once for each other aspect, under the ids of today.
WITH oorzaak AS (
    SELECT f.klachtnummer, list_distinct(
        list(keuze_op('oorzaken', NULL, f.gegevens ->> 'oorzaak', DATE '9999-12-31'))
    ) AS gekozen
    FROM gebeurtenis AS f
    LEFT JOIN gebeurtenis AS later ON later.corrigeert = COALESCE(f.corrigeert, f.nr) AND later.nr > f.nr
    WHERE lijst = 'oorzaken' AND f.soort = 'KlachtOnderzocht' AND later.nr IS NULL
    GROUP BY f.klachtnummer
),
gekozen AS (
    SELECT
        k.ontvangen_op,
        k.status IN ('ontvangen', 'in onderzoek', 'in behandeling') AS loopt,
        unnest(CASE lijst
            WHEN 'vestigingen' THEN [k.vestiging]
            WHEN 'categorieen' THEN list_distinct(list_prepend(k.categorie, k.aspecten))
            WHEN 'kanalen' THEN [k.kanaal]
            WHEN 'opdrachtgevers' THEN [n.opdrachtgever]
            WHEN 'trajectsoorten' THEN [n.trajectsoort]
            WHEN 'ernst' THEN [n.ernst]
            WHEN 'redenen_vertraging' THEN [n.vertraging]
            WHEN 'oorzaken' THEN o.gekozen
        END) AS keuze
    FROM klacht AS k
    LEFT JOIN nader AS n ON n.klachtnummer = k.klachtnummer
    LEFT JOIN oorzaak AS o ON o.klachtnummer = k.klachtnummer
    WHERE k.herkomst = 'register' AND k.status <> 'vervallen'
)
SELECT keuze, count(*) AS klachten, count_if(loopt) AS lopend, min(ontvangen_op) AS eerste, max(ontvangen_op) AS laatste
FROM gekozen
WHERE keuze IS NOT NULL AND keuze <> ''
GROUP BY keuze
ORDER BY keuze
