-- Question: which klachten have a term of their own: extended where the reglement permits it, or brought along by an import?
-- Grain: one row per klacht, term and day on which one of its terms was set
-- Step: all with a term
-- Of a term that ends at a moment (uiterlijk_om) na_klok are the steps done on its last day after that moment; of a step
-- that was put right to another day the moment is not known any more.
WITH feiten AS (
    SELECT klachtnummer, soort, gebeurd_op, oorsprong, gegevens
    FROM feit(nummer, tot_nr)
    WHERE soort IN ('TermijnVerlengd', 'TermijnOvergenomen', 'TijdstipOvergenomen')
),
gesteld AS (
    SELECT
        klachtnummer, soort, gebeurd_op, oorsprong, gegevens ->> 'termijn' AS termijn, gegevens ->> 'uiterlijk_op' AS uiterlijk_op,
        coalesce(gegevens ->> 'uiterlijk_om', '') AS uiterlijk_om
    FROM feiten
    WHERE soort <> 'TijdstipOvergenomen'
),
dag AS (
    SELECT klachtnummer, gebeurd_op AS van FROM gesteld GROUP BY klachtnummer, gebeurd_op
),
stand AS (
    SELECT
        gesteld.klachtnummer,
        gesteld.termijn,
        dag.van,
        coalesce(lead(dag.van) OVER (PARTITION BY gesteld.klachtnummer, gesteld.termijn ORDER BY dag.van), DATE '9999-12-31') AS tot,
        CAST(arg_max(gesteld.uiterlijk_op, gesteld.oorsprong) AS DATE) AS uiterlijk_op,
        CASE arg_max(gesteld.soort, gesteld.oorsprong) WHEN 'TermijnVerlengd' THEN 'verlengd' ELSE 'overgenomen' END AS grond,
        nullif(arg_max(gesteld.uiterlijk_om, gesteld.oorsprong), '') AS uiterlijk_om
    FROM dag
    INNER JOIN gesteld ON gesteld.klachtnummer = dag.klachtnummer AND gesteld.gebeurd_op <= dag.van
    GROUP BY gesteld.klachtnummer, gesteld.termijn, dag.van
),
klok AS (
    SELECT klachtnummer, gebeurd_op, CAST(gegevens ->> 'van_stap' AS INTEGER) AS stap, min(gegevens ->> 'om') AS om
    FROM feiten
    WHERE soort = 'TijdstipOvergenomen'
    GROUP BY klachtnummer, gebeurd_op, CAST(gegevens ->> 'van_stap' AS INTEGER)
),
na AS (
    SELECT stand.klachtnummer, stand.termijn, stand.van, list(klok.stap ORDER BY klok.stap) AS na_klok
    FROM stand
    INNER JOIN klok
        ON klok.klachtnummer = stand.klachtnummer AND klok.gebeurd_op = stand.uiterlijk_op AND klok.om > stand.uiterlijk_om
    GROUP BY stand.klachtnummer, stand.termijn, stand.van
)
SELECT stand.*, na.na_klok
FROM stand
LEFT JOIN na ON na.klachtnummer = stand.klachtnummer AND na.termijn = stand.termijn AND na.van = stand.van
