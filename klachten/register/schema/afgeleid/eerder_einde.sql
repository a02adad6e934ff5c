-- Question: which klachten were ended and then opened again, or turned out to be entered by mistake?
-- Grain: one row per end that did not last
-- Step: 7, 13, 15
WITH wending AS (
    SELECT
        klachtnummer,
        oorsprong,
        soort,
        gebeurd_op,
        lead(soort) OVER (PARTITION BY klachtnummer ORDER BY oorsprong) AS volgende,
        lead(gebeurd_op) OVER (PARTITION BY klachtnummer ORDER BY oorsprong) AS volgende_op,
        -- A date put right later may lie before what it follows; the book-keeping then uses the latest date so far.
        max(gebeurd_op) OVER (PARTITION BY klachtnummer ORDER BY oorsprong ROWS UNBOUNDED PRECEDING) AS tot_nu_toe
    FROM feit(nummer, tot_nr)
    WHERE soort IN (
        'KlachtAfgesloten', 'NietInBehandelingGenomen', 'KlachtIngetrokken', 'KlachtHeropend', 'KlachtVervallen'
    )
)
SELECT
    klachtnummer,
    oorsprong AS nr,
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
