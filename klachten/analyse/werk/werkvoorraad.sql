-- Question: What is there to do on the peildatum, by whom, and by when?
-- Grain: one row per thing to do: per running klacht the next step, beside it what does not wait for that step
-- Step: 1-18
-- Parameters: peildatum, coordinatoren, directieleden, vestigingen, collegas
-- coordinatoren, directieleden and collegas (who names somebody outside when no coordinator can) are the ids of who has
-- that role on the peildatum, of coordinatoren without who is absent for longer then (step 2), vestigingen the ids of today's
-- reglement. `soort` is a stable id of the kind of task: who sees it (taaksoort.py) and what does it (daden.py) go by that, and
-- never by `wat`, the sentence, which may be changed freely. A klacht has no two tasks of one kind but of different parts
-- (`onderdeel`). `personen` are those who can do it: an involved person never stands in it. `wie` is set when it is the task
-- of one particular person.
SELECT k.* FROM klachttaken(peildatum, coordinatoren, directieleden, collegas, NULL) AS k
UNION ALL
SELECT o.*
FROM overige_taken(
    peildatum, coordinatoren, directieleden, vestigingen, (SELECT LIST(j.jaar) FROM jaren_met_klachten(peildatum) AS j)
) AS o
