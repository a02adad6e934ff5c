-- Question: which klachten were ended and then opened again, or turned out to be entered by mistake, from day to day?
-- Grain: one row per end that did not last and day on which something ended or reopened the klacht
-- Step: 7, 13, 15
WITH alles AS (
    SELECT klachtnummer, oorsprong, soort, gebeurd_op
    FROM feit(nummer, tot_nr)
    WHERE soort IN (
        'KlachtAfgesloten', 'NietInBehandelingGenomen', 'KlachtIngetrokken', 'KlachtHeropend', 'KlachtVervallen'
    )
),
dag AS (
    SELECT klachtnummer, gebeurd_op AS van FROM alles GROUP BY klachtnummer, gebeurd_op
),
wending AS (
    SELECT
        dag.van,
        alles.*,
        lead(soort) OVER verloop AS volgende,
        lead(gebeurd_op) OVER verloop AS volgende_op,
        -- A date put right later may lie before what it follows; the book-keeping then uses the latest date so far.
        max(gebeurd_op) OVER (verloop ROWS UNBOUNDED PRECEDING) AS tot_nu_toe
    FROM dag
    INNER JOIN alles ON alles.klachtnummer = dag.klachtnummer AND alles.gebeurd_op <= dag.van
    WINDOW verloop AS (PARTITION BY dag.klachtnummer, dag.van ORDER BY oorsprong)
)
SELECT
    klachtnummer,
    oorsprong AS nr,
    van,
    coalesce(lead(van) OVER (PARTITION BY klachtnummer, oorsprong ORDER BY van), DATE '9999-12-31') AS tot,
    CASE soort
        WHEN 'KlachtAfgesloten' THEN 'afgesloten'
        WHEN 'NietInBehandelingGenomen' THEN 'niet in behandeling'
        ELSE 'ingetrokken'
    END AS einde,
    tot_nu_toe AS geeindigd_op,
    greatest(volgende_op, tot_nu_toe) AS ongedaan_op,
    CASE volgende WHEN 'KlachtHeropend' THEN 'heropend' ELSE 'vervallen' END AS door
FROM wending
WHERE soort NOT IN ('KlachtHeropend', 'KlachtVervallen') AND volgende IN ('KlachtHeropend', 'KlachtVervallen')
