-- One row per klacht, maatregel, verbeteractie ...: kept for speed, defined by schema/afgeleid/<table>.sql over the facts.
CREATE TABLE klacht (
    klachtnummer VARCHAR PRIMARY KEY,
    jaar INTEGER NOT NULL,                 -- year of receipt as first recorded: the year of the number
    volgnr INTEGER NOT NULL,
    herkomst VARCHAR NOT NULL,             -- register | overgenomen
    bron VARCHAR NOT NULL,
    bron_id VARCHAR NOT NULL,
    reglement VARCHAR NOT NULL,
    reglement_versie DATE NOT NULL,
    ontvangen_op DATE NOT NULL,            -- start of the terms
    kanaal VARCHAR NOT NULL,
    indiener_soort VARCHAR NOT NULL,
    vestiging VARCHAR NOT NULL,
    categorie VARCHAR NOT NULL,
    aspecten VARCHAR[] NOT NULL,
    kenmerken VARCHAR[] NOT NULL,
    ontvanger VARCHAR NOT NULL,
    betrokkenen VARCHAR[] NOT NULL,        -- medewerkers involved, as known now
    feiten_vermeld BOOLEAN NOT NULL,
    behandelaar VARCHAR,                   -- as known now
    stap_01_op DATE,                       -- first valid date of each step; 10 and 11 when the last maatregel reached them
    stap_02_op DATE,
    stap_03_op DATE,
    stap_04_op DATE,
    stap_05_op DATE,
    stap_06_op DATE,
    stap_07_op DATE,
    stap_08_op DATE,
    stap_09_op DATE,
    stap_10_op DATE,
    stap_11_op DATE,                       -- NULL while one maatregel is open, or when there is none
    stap_12_op DATE,
    stap_13_op DATE,                       -- the current closing: NULL after reopening
    stap_14_op DATE,
    stap_15_op DATE,
    zonder_maatregelen BOOLEAN NOT NULL,   -- a deliberate, reasoned zero
    maatregelen INTEGER NOT NULL,          -- not cancelled
    maatregelen_open INTEGER NOT NULL,
    grond VARCHAR,                         -- of not taking into handling
    oordeel VARCHAR,
    uitkomst VARCHAR,
    geschil VARCHAR NOT NULL,              -- geen | gemeld | overleg mislukt | opgelost | voorgelegd | oordeel
    ingetrokken_op DATE,
    vervallen_op DATE,
    heropend_op DATE,                      -- the last time
    heropeningen INTEGER NOT NULL,
    status VARCHAR NOT NULL,               -- ontvangen | in onderzoek | in behandeling | afgesloten | niet in behandeling | ingetrokken | vervallen
    afwijkingen INTEGER NOT NULL,          -- facts recorded with a warning and a reason
    stappen VARCHAR NOT NULL,              -- the steps in order of date, then of recording: 1-2-3-4-5-6-8-...
    laatste_op DATE NOT NULL,              -- date of the newest fact
    laatste_nr BIGINT NOT NULL
);

CREATE TABLE maatregel (
    klachtnummer VARCHAR NOT NULL,
    maatregel INTEGER NOT NULL,
    actienemer VARCHAR NOT NULL,
    overlegd_met VARCHAR NOT NULL,
    bepaald_op DATE NOT NULL,
    uiterlijk_op DATE NOT NULL,
    geinformeerd_op DATE,
    uitgevoerd_op DATE,
    vervallen_op DATE,
    wijzigingen INTEGER NOT NULL,
    PRIMARY KEY (klachtnummer, maatregel)
);

CREATE TABLE gestelde_termijn (
    klachtnummer VARCHAR NOT NULL,
    termijn VARCHAR NOT NULL,
    uiterlijk_op DATE NOT NULL,
    grond VARCHAR NOT NULL,                -- verlengd | overgenomen
    PRIMARY KEY (klachtnummer, termijn)
);

CREATE TABLE signaal (
    klachtnummer VARCHAR PRIMARY KEY,      -- S2026-0001
    ontvangen_op DATE NOT NULL,
    kanaal VARCHAR NOT NULL,
    indiener_soort VARCHAR NOT NULL,
    vestiging VARCHAR NOT NULL,
    ontvanger VARCHAR NOT NULL,
    status VARCHAR NOT NULL,               -- open | op schrift | afgedaan
    klacht VARCHAR                         -- the klacht it became
);

CREATE TABLE evaluatie (
    klachtnummer VARCHAR PRIMARY KEY,      -- E2026-0001
    jaar INTEGER NOT NULL,                 -- the year evaluated
    gehouden_op DATE NOT NULL,
    directieleden VARCHAR[] NOT NULL
);

CREATE TABLE verbeteractie (
    klachtnummer VARCHAR NOT NULL,         -- of the evaluatie
    verbeteractie INTEGER NOT NULL,
    jaar INTEGER NOT NULL,
    categorie VARCHAR NOT NULL,
    actienemer VARCHAR NOT NULL,
    bepaald_op DATE NOT NULL,
    uiterlijk_op DATE NOT NULL,
    meegedeeld_op DATE,
    uitgevoerd_op DATE,
    vervallen_op DATE,
    verandering VARCHAR,                   -- the last one observed
    waargenomen_op DATE,
    wijzigingen INTEGER NOT NULL,
    PRIMARY KEY (klachtnummer, verbeteractie)
);

CREATE TABLE trajecten (
    klachtnummer VARCHAR NOT NULL,         -- T2026
    jaar INTEGER NOT NULL,
    vestiging VARCHAR NOT NULL,
    aantal INTEGER NOT NULL,
    PRIMARY KEY (jaar, vestiging)
);
