-- Question: which klachten have a term of their own: extended where the reglement permits it, or brought along by an import?
-- Grain: one row per klacht, term and day on which one of its terms was set
-- Step: all with a term
WITH gesteld AS (
    SELECT
        klachtnummer, soort, gebeurd_op, oorsprong, gegevens ->> 'termijn' AS termijn, gegevens ->> 'uiterlijk_op' AS uiterlijk_op
    FROM feit(nummer, tot_nr)
    WHERE soort IN ('TermijnVerlengd', 'TermijnOvergenomen')
),
dag AS (
    SELECT klachtnummer, gebeurd_op AS van FROM gesteld GROUP BY klachtnummer, gebeurd_op
)
SELECT
    gesteld.klachtnummer,
    gesteld.termijn,
    dag.van,
    coalesce(lead(dag.van) OVER (PARTITION BY gesteld.klachtnummer, gesteld.termijn ORDER BY dag.van), DATE '9999-12-31') AS tot,
    CAST(arg_max(gesteld.uiterlijk_op, gesteld.oorsprong) AS DATE) AS uiterlijk_op,
    CASE arg_max(gesteld.soort, gesteld.oorsprong) WHEN 'TermijnVerlengd' THEN 'verlengd' ELSE 'overgenomen' END AS grond
FROM dag
INNER JOIN gesteld ON gesteld.klachtnummer = dag.klachtnummer AND gesteld.gebeurd_op <= dag.van
GROUP BY gesteld.klachtnummer, gesteld.termijn, dag.van
