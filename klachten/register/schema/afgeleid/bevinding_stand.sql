-- Question: what did the organisation itself find about each aspect of a klacht, from day to day?
-- Grain: one row per klacht, aspect and day on which a finding about the klacht was recorded
-- Step: 6
WITH alles AS (
    SELECT klachtnummer, gebeurd_op, oorsprong, gegevens ->> 'aspect' AS aspect, gegevens ->> 'bevinding' AS bevinding
    FROM feit(nummer, tot_nr)
    WHERE soort = 'BevindingVastgesteld'
),
dag AS (
    SELECT klachtnummer, gebeurd_op AS van FROM alles GROUP BY klachtnummer, gebeurd_op
)
SELECT
    alles.klachtnummer,
    alles.aspect,
    dag.van,
    coalesce(lead(dag.van) OVER (PARTITION BY alles.klachtnummer, alles.aspect ORDER BY dag.van), DATE '9999-12-31') AS tot,
    arg_max(alles.bevinding, alles.oorsprong) AS bevinding
FROM dag
INNER JOIN alles ON alles.klachtnummer = dag.klachtnummer AND alles.gebeurd_op <= dag.van
GROUP BY alles.klachtnummer, alles.aspect, dag.van
