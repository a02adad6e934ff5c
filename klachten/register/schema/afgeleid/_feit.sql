-- Question: which facts are valid: the last version of each, without those taken back?
-- Grain: one row per fact as it happened; `oorsprong` is the number of its first version and keeps its place in time.
-- Step: all
-- That somebody was reminded is no fact about a klacht (TELT_NIET in gebeurtenissen/soorten.py).
WITH bereik AS (
    SELECT * FROM gebeurtenis
    WHERE (nummer IS NULL OR klachtnummer = nummer) AND (tot_nr IS NULL OR nr <= tot_nr)
),
correctie AS (
    SELECT corrigeert AS oorsprong, max(nr) AS nr FROM bereik WHERE corrigeert IS NOT NULL GROUP BY corrigeert
)
SELECT
    bereik.nr,
    coalesce(bereik.corrigeert, bereik.nr) AS oorsprong,
    bereik.klachtnummer,
    bereik.stap,
    bereik.soort,
    bereik.gebeurd_op,
    bereik.vastgelegd_op,
    bereik.door,
    bereik.rol,
    bereik.gegevens
FROM bereik
LEFT JOIN correctie ON correctie.oorsprong = coalesce(bereik.corrigeert, bereik.nr)
WHERE (correctie.nr IS NULL OR correctie.nr = bereik.nr) AND bereik.soort NOT IN ('FeitHerroepen', 'HerinneringGestuurd')
