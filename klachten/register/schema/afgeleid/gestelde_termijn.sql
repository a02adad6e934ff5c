-- Question: which klachten have a term of their own: extended where the reglement permits it, or brought along by an import?
-- Grain: one row per klacht and term
-- Step: all with a term
SELECT
    klachtnummer,
    gegevens ->> 'termijn' AS termijn,
    CAST(arg_max(gegevens ->> 'uiterlijk_op', oorsprong) AS DATE) AS uiterlijk_op,
    CASE arg_max(soort, oorsprong) WHEN 'TermijnVerlengd' THEN 'verlengd' ELSE 'overgenomen' END AS grond
FROM feit(nummer, tot_nr)
WHERE soort IN ('TermijnVerlengd', 'TermijnOvergenomen')
GROUP BY klachtnummer, gegevens ->> 'termijn'
