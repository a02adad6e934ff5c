"""The tables as pandas has them: one row per klacht as stored, or worked out from the facts with no loop over rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj
import pyarrow.parquet as pq

from klachten.meting.andere_pandas import TABELLEN
from klachten.meting.soorten import EINDES, GESCHIL, ONTVANGST, STAPPEN, WOORDEN

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
        elif kolom in {"stap_10_op", "stap_11_op", "maatregelen", "zonder_maatregelen"}:
            self._uitvoering()
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
        elif kolom == "stap_14_op":
            mee, her = self.soort("AfsluitingMeegedeeld").groupby("k"), self.soort("KlachtHeropend").groupby("k")
            telt = mee["oorsprong"].max() > her["oorsprong"].max().reindex(list(mee.groups)).fillna(0)
            self._put(kolom, mee["op"].max().where(telt))
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

    def _uitvoering(self) -> None:
        m = self.tabel("maatregel")
        groep = m[m["vervallen_op"].isna()].groupby("klachtnummer")
        aantal = groep.size()
        for stap, veld in ((10, "geinformeerd_op"), (11, "uitgevoerd_op")):
            self._put(f"stap_{stap}_op", groep[veld].max().where(groep[veld].count() == aantal))
        self._put("maatregelen", aantal)
        self._klacht["maatregelen"] = self._klacht["maatregelen"].fillna(0).astype("int64")
        zonder = pd.Series(True, index=self.soort("GeenMaatregelenNodig")["k"].unique())
        zonder = zonder.reindex(self._ontvangst.index, fill_value=False)
        self._klacht["zonder_maatregelen"] = zonder & (self._klacht["maatregelen"] == 0)

    def _stappen(self) -> None:
        """The order of the steps as text: a matrix of step numbers, of which only the different rows become text."""
        delen = [self.soort(soort).assign(stap=stap) for stap, soort in STAPPEN.items()]
        delen += [
            self.soort(soort).assign(stap=stap)
            for stap, soort in ((13, "KlachtAfgesloten"), (14, "AfsluitingMeegedeeld"))
        ]
        bepaald = self.soort("MaatregelBepaald", "GeenMaatregelenNodig").sort_values(["k", "op", "oorsprong"])
        delen.append(bepaald.drop_duplicates("k").assign(stap=8))
        for stap, soort in ((10, "ActienemerGeinformeerd"), (11, "MaatregelUitgevoerd")):
            klaar = self.klacht(f"stap_{stap}_op")[f"stap_{stap}_op"].notna()
            feiten = self.soort(soort).sort_values(["k", "op", "oorsprong"], ascending=[True, False, True])
            feiten = feiten.drop_duplicates("k")
            delen.append(feiten[feiten["k"].map(klaar).to_numpy()].assign(stap=stap))
        alle = pd.concat([deel[["k", "op", "oorsprong", "stap"]] for deel in delen], ignore_index=True)
        alle = alle[alle["k"].isin(self._ontvangst.index)]
        volgorde = np.lexsort((alle["oorsprong"].to_numpy(), alle["op"].to_numpy(), alle["k"].to_numpy()))
        k, stap = alle["k"].to_numpy()[volgorde], alle["stap"].to_numpy()[volgorde]
        begin = np.flatnonzero(np.r_[True, k[1:] != k[:-1]])
        lengte = np.diff(np.r_[begin, len(k)])
        matrix = np.zeros((len(begin), lengte.max()), dtype=np.uint8)
        matrix[np.repeat(np.arange(len(begin)), lengte), np.arange(len(k)) - np.repeat(begin, lengte)] = stap
        rijen, welke = np.unique(matrix.view(f"V{matrix.shape[1]}").ravel(), return_inverse=True)
        teksten = ["-".join(str(stap) for stap in rij.tobytes().rstrip(b"\0")) for rij in rijen]
        codes = pd.Categorical.from_codes(welke, pd.Index(teksten))
        self._put("stappen", pd.Series(codes, index=k[begin]))

    # --- the other tables --------------------------------------------------------------------------------------------

    def tabel(self, naam: str) -> pd.DataFrame:
        """One of the other tables."""
        if naam not in self._andere:
            self._andere[naam] = TABELLEN[naam](self.soort, self.gegevens)
        return self._andere[naam]
