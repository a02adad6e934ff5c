"""The tables as pandas has them: one row per klacht as stored, or worked out from the facts with no loop over rows."""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj
import pyarrow.parquet as pq

from klachten.meting.andere_pandas import TABELLEN
from klachten.meting.soorten import (
    BESLUIT,
    EERST,
    EERSTE_EINDE,
    EERSTE_RONDE,
    EINDES,
    GESCHIL,
    ONTVANGST,
    SLOT,
    STAPPEN,
    WOORDEN,
)

NIEUW = 64
"""Added to the number of a step that begins a new round."""
FEITEN = ["nr", "klachtnummer", "soort", "gebeurd_op", "corrigeert", "gegevens"]


def read(map: Path, tabel: str, kolommen: list[str], woorden: list[str]) -> pd.DataFrame:
    """Read columns of a table: words that recur as categories, dates as numbers, other texts as text."""
    gelezen = pq.read_table(map / f"{tabel}.parquet", columns=kolommen, read_dictionary=woorden)
    return gelezen.unify_dictionaries().to_pandas(date_as_object=False, split_blocks=True, self_destruct=True)


class Rijen:
    """One row per klacht, maatregel, geschil and earlier end, as the register keeps them."""

    def __init__(self, map: Path, kolommen: dict[str, list[str]]) -> None:
        self._tabellen = {
            tabel: read(map, tabel, namen, [naam for naam in namen if naam in WOORDEN])
            for tabel, namen in kolommen.items()
        }

    def vers(self) -> Rijen:
        """There is nothing to forget: nothing is worked out."""
        return self

    def klacht(self, *kolommen: str) -> pd.DataFrame:
        """These columns of every klacht."""
        return self._tabellen["klacht"][list(kolommen)]

    def tabel(self, naam: str) -> pd.DataFrame:
        """One of the other tables."""
        return self._tabellen[naam]


class Feiten:
    """The same tables, each column worked out from the facts when a figure first asks for it.

    The klachtnummer is a number here: its place among the klachtnummers, so that grouping and joining are cheap.
    """

    def __init__(self, map: Path, _feiten: pd.DataFrame | None = None) -> None:
        self._map = map
        if _feiten is None:
            _feiten = read(map, "gebeurtenis", FEITEN, ["klachtnummer", "soort"])
        self._feiten = _feiten
        self._klacht: dict[str, pd.Series] = {}
        self._andere: dict[str, pd.DataFrame] = {}
        self._per_soort: dict[str, pd.DataFrame] = {}
        self._weg: np.ndarray | None = None

    def vers(self) -> Feiten:
        """The same facts with nothing worked out yet."""
        return Feiten(self._map, self._feiten)

    # --- valid facts -------------------------------------------------------------------------------------------------

    def soort(self, *soorten: str) -> pd.DataFrame:
        """The valid facts of some kinds, in order of `oorsprong`: k (the klacht), op, oorsprong, soort and place."""
        sleutel = "|".join(soorten)
        if sleutel not in self._per_soort:
            f = self._feiten
            codes = f["soort"].cat.codes.to_numpy()
            gezocht = [f["soort"].cat.categories.get_loc(naam) for naam in soorten if naam in f["soort"].cat.categories]
            plaats = np.flatnonzero(codes == gezocht[0] if len(gezocht) == 1 else np.isin(codes, gezocht))
            nr = f["nr"].to_numpy()[plaats]
            blijft = ~self._vervangen()[nr]
            plaats, nr = plaats[blijft], nr[blijft]
            corrigeert = f["corrigeert"].to_numpy()[plaats]
            oorsprong = np.where(np.isnan(corrigeert), nr, corrigeert).astype(np.int64)
            volgorde = np.argsort(oorsprong, kind="stable")
            plaats = plaats[volgorde]
            self._per_soort[sleutel] = pd.DataFrame(
                {
                    "k": f["klachtnummer"].cat.codes.to_numpy()[plaats],
                    "op": f["gebeurd_op"].to_numpy()[plaats],
                    "oorsprong": oorsprong[volgorde],
                    "soort": f["soort"].array[plaats],
                    "plaats": plaats,
                }
            )
        return self._per_soort[sleutel]

    def _vervangen(self) -> np.ndarray:
        """Whether the fact with this number was corrected or taken back."""
        if self._weg is None:
            correctie = self._feiten.loc[self._feiten["corrigeert"].notna(), ["nr", "corrigeert"]].astype("int64")
            laatste = correctie.groupby("corrigeert")["nr"].transform("max")
            self._weg = np.zeros(int(self._feiten["nr"].max()) + 1, dtype=bool)
            self._weg[correctie["corrigeert"]] = True
            self._weg[correctie.loc[correctie["nr"] < laatste, "nr"]] = True
        return self._weg

    def gegevens(self, feiten: pd.DataFrame, velden: dict[str, pa.DataType]) -> pd.DataFrame:
        """Fields out of the JSON of facts, all at once."""
        tekst = pa.array(self._feiten["gegevens"].array[feiten["plaats"].to_numpy()]).cast(pa.string())
        tekst = tekst.combine_chunks() if isinstance(tekst, pa.ChunkedArray) else tekst
        regels = pc.binary_join(pa.ListArray.from_arrays(pa.array([0, len(tekst)], pa.int32()), tekst), "\n")
        opties = pj.ParseOptions(explicit_schema=pa.schema(velden), unexpected_field_behavior="ignore")
        gelezen = pj.read_json(pa.BufferReader(regels[0].as_buffer()), pj.ReadOptions(block_size=1 << 24), opties)
        woorden = [naam for naam, soort in velden.items() if soort == pa.string()]
        for naam in woorden:
            gelezen = gelezen.set_column(gelezen.column_names.index(naam), naam, gelezen[naam].dictionary_encode())
        uit = gelezen.unify_dictionaries().to_pandas(date_as_object=False)
        uit.insert(0, "k", feiten["k"].to_numpy())
        return uit

    # --- one row per klacht ------------------------------------------------------------------------------------------

    def klacht(self, *kolommen: str) -> pd.DataFrame:
        """These columns of every klacht, worked out as far as they are not there yet."""
        if "ontvangen_op" not in self._klacht:
            ontvangen = self.soort("KlachtOntvangen").drop_duplicates("k", keep="last").set_index("k").sort_index()
            self._ontvangst, self._klacht["ontvangen_op"] = ontvangen, ontvangen["op"]
            self._klacht["klachtnummer"] = ontvangen.index.to_series()
        for kolom in kolommen:
            if kolom not in self._klacht:
                self._derive(kolom)
        return pd.DataFrame({kolom: self._klacht[kolom] for kolom in kolommen})

    def _put(self, kolom: str, waarde: pd.Series) -> None:
        self._klacht[kolom] = waarde.reindex(self._ontvangst.index)

    def _first(self, *soorten: str) -> pd.Series:
        return self.soort(*soorten).groupby("k")["op"].min()

    def _last(self, soort: str) -> pd.Series:
        return self.soort(soort).groupby("k")["op"].max()

    def _derive(self, kolom: str) -> None:
        if kolom in ONTVANGST:
            gelezen = self.gegevens(self._ontvangst.reset_index(), dict.fromkeys(ONTVANGST, pa.string())).set_index("k")
            gelezen["herkomst"] = gelezen["herkomst"].astype("object").fillna("register").astype("category")
            self._klacht.update({naam: gelezen[naam] for naam in ONTVANGST})
        elif kolom in {"uitkomst", "oordeel", "grond"}:
            soort = {
                "uitkomst": "KlachtAfgesloten",
                "oordeel": "OordeelOntvangen",
                "grond": "NietInBehandelingGenomen",
            }[kolom]
            gelezen = self.gegevens(self.soort(soort), {kolom: pa.string()})
            self._put(kolom, gelezen.drop_duplicates("k", keep="last").set_index("k")[kolom])
        elif kolom == "status":
            self._status()
        elif kolom in EERSTE_RONDE:
            self._eerste_ronde()
        elif kolom == "zonder_rondes":
            self._zonder_rondes()
        elif kolom == "stappen":
            self._stappen()
        elif kolom == "geschil":
            self._put(kolom, pd.Series("gemeld", index=self.soort(*GESCHIL)["k"].unique()))
            self._klacht[kolom] = self._klacht[kolom].fillna("geen")
        elif kolom in {"ingetrokken_op", "vervallen_op", "stap_13_op"}:
            soort = {
                "ingetrokken_op": "KlachtIngetrokken",
                "vervallen_op": "KlachtVervallen",
                "stap_13_op": "KlachtAfgesloten",
            }[kolom]
            self._put(kolom, self._last(soort))
            self._klacht[kolom] = self._klacht[kolom].where(self.klacht("status")["status"] == EINDES[soort])
        elif kolom == "heropend_op":
            self._put(kolom, self._last("KlachtHeropend"))
        elif kolom in {"eerst_10_op", "eerst_11_op"}:
            self._put(kolom, self._bereikt(EERST[kolom]).groupby("k")["op"].min())
        elif kolom in EERST:
            self._put(kolom, self._first(SLOT[EERST[kolom]]))
        elif kolom == "stap_08_op":
            self._put(kolom, self._first("MaatregelBepaald", "GeenMaatregelenNodig"))
        else:
            self._put(kolom, self._first(STAPPEN[int(kolom[5:7])]))

    def _status(self) -> None:
        laatste = self.soort(*EINDES).drop_duplicates("k", keep="last").set_index("k")["soort"]
        namen = laatste.astype("object").map(EINDES)
        self._put("status", namen[namen != "heropend"])
        open_ = np.select(
            [self.klacht("stap_08_op")["stap_08_op"].notna(), self.klacht("stap_04_op")["stap_04_op"].notna()],
            ["in behandeling", "in onderzoek"], "ontvangen",
        )  # fmt: skip
        status = self._klacht["status"]
        self._klacht["status"] = status.fillna(pd.Series(open_, index=status.index)).astype("category")

    # --- the rounds --------------------------------------------------------------------------------------------------

    def _ronde(self, feiten: pd.DataFrame) -> pd.Series:
        """The round of each of these facts: 1 is before the first reopening of the klacht."""
        sleutel = ["k", "op", "oorsprong"]
        heropend = self.soort("KlachtHeropend")[sleutel].assign(nieuw=1)
        feiten = feiten[sleutel].assign(nieuw=0)
        samen = pd.concat([feiten[feiten["k"].isin(heropend["k"])], heropend]).sort_values(sleutel)
        ronde = 1 + samen.groupby("k")["nieuw"].cumsum()
        return ronde[samen["nieuw"] == 0].reindex(feiten.index, fill_value=1)

    @functools.cached_property
    def _maatregelen(self) -> pd.DataFrame:
        """Every maatregel with the round in which it was decided."""
        m = self.tabel("maatregel").rename(columns={"klachtnummer": "k"})
        return m.assign(ronde=self._ronde(m.rename(columns={"bepaald_op": "op", "bepaald_nr": "oorsprong"})))

    def _bereikt(self, stap: int) -> pd.DataFrame:
        """The rounds in which all standing maatregelen reached step 10 or 11, and the last fact that did it."""
        wat = {10: "geinformeerd", 11: "uitgevoerd"}[stap]
        m = self._maatregelen
        groep = m[m["vervallen_op"].isna()].groupby(["k", "ronde"])
        laatste = groep[[f"{wat}_op", f"{wat}_nr"]].max().set_axis(["op", "oorsprong"], axis=1)
        return laatste[groep[f"{wat}_op"].count() == groep.size()].reset_index().assign(stap=stap)

    def _eerste_ronde(self) -> None:
        """How the first round ended, what was decided in it, and when that was carried out or cancelled."""
        einde = self.soort(*EERSTE_EINDE)
        einde = einde[self._ronde(einde) == 1].sort_values(["k", "op", "oorsprong"]).drop_duplicates("k").set_index("k")
        self._put("eerste_einde", einde["soort"].cat.rename_categories(EINDES))
        self._put("eerste_einde_op", einde["op"])
        m = self._maatregelen
        m = m[m["ronde"] == 1]
        staat = m[m["vervallen_op"].isna()].groupby("k")
        self._put(
            "eerste_uitgevoerd_op", staat["uitgevoerd_op"].max().where(staat["uitgevoerd_op"].count() == staat.size())
        )
        self._put("eerste_vervallen_op", m.groupby("k")["vervallen_op"].max())
        niet, zonder = (self.soort(soort) for soort in ("NietInBehandelingGenomen", "GeenMaatregelenNodig"))
        niet, zonder = (f[self._ronde(f) == 1].groupby("k")["op"].min() for f in (niet, zonder))
        data = pd.DataFrame(dict(zip(BESLUIT, (niet, staat["bepaald_op"].min(), zonder), strict=True)))
        data = data.reindex(self._ontvangst.index)
        besluit = np.select([data[naam].notna() for naam in BESLUIT], [0, 1, 2], -1)
        self._klacht["eerste_besluit"] = pd.Series(pd.Categorical.from_codes(besluit, list(BESLUIT)), index=data.index)
        self._klacht["eerste_besluit_op"] = data[BESLUIT[0]].fillna(data[BESLUIT[1]]).fillna(data[BESLUIT[2]])

    def _zonder_rondes(self) -> None:
        """The rounds with a deliberate zero of maatregelen, as text."""
        zonder, m = self.soort("GeenMaatregelenNodig"), self._maatregelen
        zonder = zonder.assign(ronde=self._ronde(zonder)).drop_duplicates(["k", "ronde"])
        met = m.loc[m["vervallen_op"].isna(), ["k", "ronde"]].drop_duplicates()
        zonder = zonder.merge(met, on=["k", "ronde"], how="left", indicator=True)
        zonder = zonder[zonder["_merge"] == "left_only"].sort_values(["k", "ronde"])
        self._put("zonder_rondes", zonder["ronde"].astype("str").groupby(zonder["k"]).agg("-".join))
        self._klacht["zonder_rondes"] = self._klacht["zonder_rondes"].fillna("").astype("category")

    def _stappen(self) -> None:
        """The order of the steps as text: a matrix of step numbers, of which only the different rows become text."""
        delen = [self.soort(soort).assign(stap=stap) for stap, soort in (STAPPEN | SLOT).items()]
        delen.append(self.soort("MaatregelBepaald", "GeenMaatregelenNodig").assign(stap=8))
        alle = pd.concat([deel[["k", "op", "oorsprong", "stap"]] for deel in delen], ignore_index=True)
        alle["ronde"] = self._ronde(alle)
        acht = alle[alle["stap"] == 8].sort_values(["k", "ronde", "op", "oorsprong"])
        alle = alle.drop(acht.index[acht.duplicated(["k", "ronde"])])
        alle = pd.concat([alle, self._bereikt(10), self._bereikt(11)], ignore_index=True)
        alle = alle[alle["k"].isin(self._ontvangst.index)]
        volgorde = np.lexsort([alle[kolom].to_numpy() for kolom in ("stap", "oorsprong", "op", "ronde", "k")])
        k, ronde, stap = (alle[kolom].to_numpy()[volgorde] for kolom in ("k", "ronde", "stap"))
        begin = np.flatnonzero(np.r_[True, k[1:] != k[:-1]])
        lengte = np.diff(np.r_[begin, len(k)])
        plaats = np.arange(len(k)) - np.repeat(begin, lengte)
        nieuw = (plaats > 0) & np.r_[False, ronde[1:] > ronde[:-1]]
        matrix = np.zeros((len(begin), lengte.max()), dtype=np.uint8)
        matrix[np.repeat(np.arange(len(begin)), lengte), plaats] = np.where(nieuw, stap + NIEUW, stap)
        rijen, welke = np.unique(matrix.view(f"V{matrix.shape[1]}").ravel(), return_inverse=True)
        teksten = [
            "".join(f"|{stap - NIEUW}" if stap > NIEUW else f"-{stap}" for stap in rij.tobytes().rstrip(b"\0"))[1:]
            for rij in rijen
        ]
        codes = pd.Categorical.from_codes(welke, pd.Index(teksten))
        self._put("stappen", pd.Series(codes, index=k[begin]))

    # --- the other tables --------------------------------------------------------------------------------------------

    def tabel(self, naam: str) -> pd.DataFrame:
        """One of the other tables."""
        if naam not in self._andere:
            self._andere[naam] = TABELLEN[naam](self.soort, self.gegevens)
        return self._andere[naam]
