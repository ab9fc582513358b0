"""How the stage looks: one slide fills a projector's screen; only a phone's scrolls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from components import theme
from components.exhibits.deck import HEIGHTS
from components.ui.stage_phone import LYING, UPRIGHT

Shape = Literal["16:9", "16:10", "4:3", "phone", "lying"]


@dataclass(frozen=True)
class Size:
    """A kind of screen.

    Attributes:
        scale: Size of letters, 1 for 720 lines.
        picture: Height of the picture in pixels.
        lines: Least height of the window for which it is used.
        shape: Shape of the window; on one that is 4:3 points stand below the picture. A window too
            small for a slide is a phone's, upright or lying, and has a layout of its own.
        rows: Least width of a picture, of a screen of 720 lines.
    """

    scale: float
    picture: int
    lines: int
    shape: Shape = "16:9"
    rows: float = 750

    @property
    def stacked(self) -> bool:
        """Whether points stand below the picture rather than beside it."""
        return self.shape == "4:3"

    @property
    def is_phone(self) -> bool:
        """Whether the slide is read, and scrolled, in a hand."""
        return self.shape in {"phone", "lying"}

    @property
    def points(self) -> tuple[float, float]:
        """Least width and height of the points, of a screen of 720 lines."""
        if self.stacked:
            return self.rows, 96
        return self.rows * 0.5625, 505

    @property
    def foot(self) -> int:
        """Letters that there are in the three lines at the foot."""
        return {"16:9": 340, "16:10": 285, "4:3": 245}.get(self.shape, _WHOLE)


_WHOLE: Final = 2000
"""Letters of a foot that need not be cut: it stands in what scrolls."""
PHONE: Final = "phone"
"""The size that a phone is given before its window is measured."""
SIZES: Final = {
    # A laptop's window under its tabs and bars.
    "low": Size(0.83, 416, 0),
    "wide": Size(1.0, 510, 700),
    "wide-900": Size(1.25, 637, 880),
    "wide-1080": Size(1.5, 765, 1040),
    "wide-1440": Size(2.0, 1020, 1400),
    # What is hardly wider than 4:3 has the width of 3:2.
    "tall-low": Size(0.83, 416, 0, "16:10", 620),
    "tall": Size(1.0, 510, 700, "16:10", 620),
    "tall-800": Size(1.1, 561, 790, "16:10", 620),
    "tall-900": Size(1.25, 637, 880, "16:10", 620),
    "tall-1080": Size(1.5, 765, 1040, "16:10", 620),
    "square": Size(1.0, 456, 0, "4:3", 940),
    # Down to 5:4, as 1280x1024 is.
    "square-1050": Size(1.36, 620, 1000, "4:3", 865),
    PHONE: Size(1.0, HEIGHTS["narrow"], 0, "phone", 350),
    "lying": Size(1.0, 250, 0, "lying", 350),
}
FIRST: Final = "wide"


def style(size: Size, slot: int, theme_name: str) -> str:
    """The style sheet of the stage for a screen, with the slot that is seen."""
    ink, paper = theme.INK[theme_name], theme.BACKGROUND[theme_name]
    faint = theme.FAINT[theme_name]
    accent = theme.NHS_BLUE if theme_name == "light" else theme.MAP_OUTLINES["dark"][3]
    more = {"4:3": _STACKED, "phone": UPRIGHT, "lying": LYING}.get(size.shape, "")
    seen = "".join(f'html[data-stage-slot="{n}"] .st-key-stage-slot-{n},' for n in range(3)).rstrip(
        ","
    )
    return (
        f"<style>:root{{--s:{size.scale};--ink:{ink};--paper:{paper};--faint:{faint};"
        f"--accent:{accent};--picture:{size.picture}px}}{_BARE}{_SLIDE}{_TABLE}{_OVER}{more}"
        f".st-key-stage>div>[class*=st-key-stage-slot],[class*=st-key-stage-slot-]"
        f"{{visibility:hidden;z-index:0}}{seen}{{visibility:visible;z-index:2}}"
        f"html:not([data-stage-slot]) .st-key-stage-slot-{slot}{{visibility:visible;z-index:2}}"
        "</style>"
    )


_BARE: Final = """
[data-testid="stHeader"],[data-testid="stSidebar"],[data-testid="stSidebarCollapsedControl"],
[data-testid="stToolbar"],[data-testid="stStatusWidget"],[data-testid="stDecoration"],
[data-testid="stLogo"],[data-testid="stDialog"]{display:none!important}
html,body,[data-testid="stMain"],[data-testid="stAppViewContainer"]{overflow:hidden!important}
[data-stale="true"]{opacity:1!important;transition:none!important}
[data-testid="stMain"]:focus-visible{outline:none!important;box-shadow:none!important}
.block-container{padding:0!important;max-width:none!important}
.st-key-stage{position:fixed;inset:0;background:var(--paper);color:var(--ink);overflow:hidden;
z-index:10}
.st-key-stage,[class*="st-key-stage-slot-"]{touch-action:pan-y pinch-zoom}
html{overscroll-behavior-x:none}
.st-key-stage-keys,.st-key-stage-state{display:none!important}
"""
_SLIDE: Final = """
[class*="st-key-stage-slot-"]{position:absolute!important;left:0;right:0;top:0;
bottom:calc(84px*var(--s));padding:calc(20px*var(--s)) calc(36px*var(--s)) 0;
gap:calc(10px*var(--s))!important;width:auto!important}
.st-key-stage h1{font-size:calc(40px*var(--s));line-height:1.12;font-weight:700;padding:0;margin:0;
letter-spacing:-.01em;min-height:calc(90px*var(--s));display:flex;align-items:center;
text-wrap:pretty;color:var(--ink)}
.st-key-stage h1.long{font-size:calc(34px*var(--s))}
.st-key-stage h1.longest{font-size:calc(24px*var(--s))!important;line-height:1.18}
.st-key-stage h1.asked{padding-right:calc(250px*var(--s))}
.st-key-stage .do,.by-hand,.stage-over .numbers{display:none}
.st-key-stage .where button{font:inherit;font-variant-numeric:inherit;color:inherit;background:none;
border:0;margin:0;padding:0;text-align:inherit;cursor:pointer}
.st-key-stage .live{font-family:inherit;line-height:inherit;border:0;margin:0;cursor:pointer}
.st-key-stage .live{position:absolute;right:0;top:calc(-12px*var(--s));background:#FFB81C;
color:#212B32;font-size:calc(17px*var(--s));font-weight:600;padding:2px 12px;border-radius:99px}
.st-key-stage-foot :is(.stElementContainer,.stHtml,.stLayoutWrapper,
[data-testid="stElementContainer"],[data-testid="stHtml"],[data-testid="stLayoutWrapper"])
{position:static!important}
.st-key-stage .points li{font-size:calc(var(--point,27px)*var(--s))!important;
line-height:1.28!important}
.st-key-stage .points{padding-top:calc(10px*var(--s))}
.st-key-stage .points{font-size:calc(24px*var(--s));line-height:1.32}
.st-key-stage :is(h1,.points) a{color:inherit;text-decoration:none}
.st-key-stage :is(h1,.points) a:is(:hover,:focus-visible){text-decoration:underline 2px;
text-underline-offset:.15em}
.st-key-stage .points ul{list-style:none;margin:0;padding:0}
.st-key-stage .points li{margin:0 0 calc(18px*var(--s));padding:0 0 0 calc(20px*var(--s));
border-left:calc(5px*var(--s)) solid var(--accent)}
.st-key-stage [data-testid="stHorizontalBlock"]{flex-wrap:nowrap!important;
gap:calc(30px*var(--s))!important}
.st-key-stage [role="note"]{font-size:calc(16px*var(--s))!important}
.st-key-stage [role="note"]+div{font-size:calc(12px*var(--s))!important;color:var(--faint)}
.st-key-stage .nothing{font-size:calc(28px*var(--s));line-height:1.35;padding:calc(40px*var(--s)) 0;
border-top:3px solid var(--accent)}
.st-key-stage .nothing p{font-size:inherit;line-height:inherit;margin:0 0 .6em}
[data-testid="stPopoverBody"]{width:calc(440px*var(--s))!important;max-width:94vw!important}
.st-key-stage-foot{position:absolute!important;left:0;right:0;bottom:0;width:auto!important;
height:calc(80px*var(--s));padding:0 calc(36px*var(--s));z-index:3;
gap:0!important}
.st-key-stage .foot{position:absolute;left:calc(36px*var(--s));right:calc(430px*var(--s));
bottom:calc(14px*var(--s));font-size:calc(15px*var(--s));line-height:1.25;color:var(--faint);
max-height:calc(57px*var(--s));overflow:hidden;display:-webkit-box;-webkit-line-clamp:3;
-webkit-box-orient:vertical}
.st-key-stage .foot a{color:inherit}
.st-key-stage .foot .own{color:#212B32;background:#FFB81C;padding:0 .35em;border-radius:3px}
.st-key-stage .dots{position:absolute;left:0;right:0;bottom:0;height:calc(8px*var(--s));
display:flex;gap:3px}
.st-key-stage .dots i{flex:1;background:var(--faint);opacity:.25}
.st-key-stage .dots .done{background:var(--accent);opacity:.55}
.st-key-stage .dots .now{background:var(--accent);opacity:1}
.st-key-stage .where{position:absolute;right:calc(36px*var(--s));bottom:calc(24px*var(--s));
font-size:calc(22px*var(--s));font-weight:600;font-variant-numeric:tabular-nums}
.st-key-stage .where small{font-size:calc(17px*var(--s));font-weight:400;color:var(--faint);
margin-left:calc(14px*var(--s))}
.st-key-stage-ask{position:absolute!important;right:calc(215px*var(--s));
bottom:calc(20px*var(--s));width:auto!important}
.st-key-stage-ask button p{font-size:calc(15px*var(--s))!important}
"""
_TABLE: Final = """
.st-key-stage .rows table{border-collapse:collapse;width:100%;
font-size:calc(22px*var(--s)*var(--grow,1))}
.st-key-stage .rows :is(th,td){text-align:left;padding:calc(7px*var(--s)) calc(14px*var(--s))
calc(7px*var(--s)) 0;border-bottom:1px solid color-mix(in srgb,var(--faint) 40%,transparent);
vertical-align:top;line-height:1.2}
.st-key-stage .rows th{font-size:calc(17px*var(--s));color:var(--faint);font-weight:600}
.st-key-stage .rows .more{font-size:calc(18px*var(--s));color:var(--faint);
margin:calc(10px*var(--s)) 0}
.st-key-stage .said{font-size:calc(22px*var(--s)*var(--grow,1));line-height:1.28;margin:0;
padding-left:1.3em}
.st-key-stage .said li{margin:0 0 calc(13px*var(--s))}
.st-key-stage .said b{display:block}
.st-key-stage .rows{max-height:var(--picture);overflow:hidden}
"""
_OVER: Final = """
.stage-over{position:fixed;inset:0;z-index:1000;display:none;align-items:center;
justify-content:center;background:var(--paper);color:var(--ink);font-family:inherit}
.stage-over.on{display:flex}
.stage-over.black{background:#000}
.stage-over .box{max-width:90vw;font-size:calc(24px*var(--s));line-height:1.5}
.stage-over h2{font-size:calc(38px*var(--s));margin:0 0 .4em;padding:0;color:inherit}
.stage-over kbd{display:inline-block;min-width:2.2em;padding:.02em .5em;margin-right:.7em;
text-align:center;border:1px solid var(--faint);border-radius:6px;font:inherit;font-weight:600}
.stage-over .keys{display:grid;grid-template-columns:auto auto;gap:.25em 3em}
.stage-over button{font:inherit;color:inherit;background:none;border:0;padding:0;text-align:left;
cursor:pointer}
.stage-over button:is(:hover,:focus-visible){color:var(--accent)}
.stage-over :focus-visible,.st-key-stage .do:focus-visible{outline:3px solid var(--accent);
outline-offset:2px}
.stage-over:focus{outline:none}
.stage-over p{font-size:inherit;line-height:1.3;margin:0 0 .4em}
.stage-over .numbers{flex-wrap:wrap;align-items:center;gap:6px;margin:0 0 12px}
.stage-over .numbers button{min-width:44px;min-height:44px;text-align:center;border-radius:8px;
border:1px solid var(--faint)}
.stage-over .numbers [aria-current]{background:var(--accent);color:var(--paper)}
.stage-over .close{position:fixed;top:12px;right:12px;min-width:44px;min-height:44px;
padding:0 14px;font-size:calc(18px*max(var(--s),.9));border:1px solid var(--faint);
border-radius:8px;background:var(--paper)}
.stage-over .follow{display:flex;gap:calc(48px*var(--s));align-items:center}
.stage-over .follow img{width:calc(400px*var(--s));height:calc(400px*var(--s));background:#fff;
padding:calc(10px*var(--s));border-radius:10px}
.stage-over .code{font-size:calc(84px*var(--s));font-weight:700;
letter-spacing:.12em;line-height:1.1}
.stage-over .link{font-size:calc(18px*var(--s));max-width:60em;margin:1em 0 0}
.stage-over a{color:var(--accent)}
#stage-jump{position:fixed;right:5vw;top:5vh;z-index:1001;font-size:calc(70px*var(--s));
font-weight:700;color:var(--accent);background:var(--paper);padding:0 .3em;border-radius:12px;
display:none}
#stage-note{position:fixed;left:50%;bottom:calc(96px*var(--s));transform:translateX(-50%);
z-index:999;background:var(--ink);color:var(--paper);font-size:calc(18px*var(--s));
padding:.3em 1em;border-radius:99px;display:none}
"""
_STACKED: Final = """
[class*="st-key-stage-slot-"] [data-testid="stHorizontalBlock"]{flex-direction:column!important;
gap:calc(8px*var(--s))!important}
[class*="st-key-stage-slot-"] [data-testid="stColumn"]{width:100%!important;flex:none!important;
min-width:0!important}
.st-key-stage .points ul{display:flex;gap:calc(24px*var(--s))}
.st-key-stage .points li{flex:1;line-height:1.22!important;margin:0}
.st-key-stage h1{font-size:calc(34px*var(--s));min-height:calc(80px*var(--s))}
.st-key-stage h1.long{font-size:calc(29px*var(--s))}
"""
