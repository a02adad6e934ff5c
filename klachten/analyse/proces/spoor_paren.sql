-- Question: Which step directly followed which in each klacht, and after how many days?
-- Grain: one row per klacht and pair of steps, as often as it happened
-- Step: 1-15
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block of overgangen and overgangen_netto; over a reopening too: the first step of a new round follows the last one of the round before.
WITH klacht_hier AS (
    SELECT
        s.klachtnummer, CAST(string_split(replace(s.spoor, '|', '-'), '-') AS INTEGER[]) AS stappen, s.spoor_op AS data
    FROM klacht_spoor(
        peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS s
    WHERE len(s.spoor_op) > 1
),
plaats AS (
    SELECT h.klachtnummer, h.stappen, h.data, UNNEST(generate_series(1, len(h.stappen) - 1)) AS nr
    FROM klacht_hier AS h
)
SELECT
    p.klachtnummer, p.stappen[p.nr] AS van, p.stappen[p.nr + 1] AS naar, p.data[p.nr] AS van_op,
    p.data[p.nr + 1] AS naar_op, date_diff('day', p.data[p.nr], p.data[p.nr + 1]) AS dagen
FROM plaats AS p
