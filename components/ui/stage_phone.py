"""How the stage looks on a phone: a slide is scrolled, and a bar for the thumb stands below it."""

from __future__ import annotations

from typing import Final

_BOTH: Final = """
[class*="st-key-stage-slot-"]{overflow:hidden auto;overscroll-behavior:contain;bottom:var(--bar);
padding:14px 16px 24px;gap:14px!important;flex-wrap:nowrap!important}
[class*="st-key-stage-slot-"]>*{flex:none!important}
.st-key-stage h1{font-size:23px!important;line-height:1.2;min-height:0;display:block}
.st-key-stage h1.long{font-size:21px!important}
.st-key-stage h1.longest{font-size:18px!important;line-height:1.3}
.st-key-stage h1.asked{padding-right:0}
.st-key-stage .live{position:static;display:inline-block;margin-top:8px;font-size:15px;
min-height:32px;padding:4px 12px;text-align:left}
.by-key{display:none}
.by-hand{display:inline}
.st-key-stage .points{padding-top:0;font-size:17px}
.st-key-stage .points li{font-size:17px!important;line-height:1.35!important;margin:0 0 12px;
padding-left:12px;border-left-width:4px}
.st-key-stage .nothing{font-size:18px;padding:16px 0 0}
.st-key-stage [role="note"]{font-size:14px!important;margin-top:8px}
.st-key-stage [role="note"]+div{font-size:14px!important}
.st-key-stage .rows{max-height:none;overflow:auto hidden;touch-action:pan-x pan-y pinch-zoom}
.st-key-stage .rows table,.st-key-stage .said{font-size:16px}
.st-key-stage .rows :is(th,td){padding:6px 8px 6px 0}
.st-key-stage .rows th,.st-key-stage .rows .more{font-size:14px}
.st-key-stage .said li{margin-bottom:10px}
.st-key-stage .foot{position:static;display:block;max-height:none;font-size:14px;line-height:1.4;
overflow-wrap:anywhere}
.st-key-stage .foot a{display:inline-block;padding:6px 0}
.st-key-stage-foot{height:var(--bar);padding:0;background:var(--paper);
border-top:1px solid color-mix(in srgb,var(--faint) 40%,transparent)}
.st-key-stage .dots{top:0;bottom:auto;height:4px}
.st-key-stage .do{display:flex;align-items:center;justify-content:center;position:absolute;top:8px;
bottom:4px;min-width:44px;font-size:15px;font-weight:600;color:var(--ink);background:none;border:0;
padding:0}
.st-key-stage .do:disabled{opacity:.35}
.st-key-stage .do.turn{font-size:32px;line-height:1;padding-bottom:6px;color:var(--accent)}
.st-key-stage .do.before{left:2px}
.st-key-stage .do.after{right:2px}
.st-key-stage .do.menu{right:50px}
.st-key-stage .where{left:50px;right:auto;top:4px;bottom:0;font-size:16px;line-height:1.2;
display:flex;align-items:center;gap:8px}
.st-key-stage .where small{font-size:14px;margin:0}
.st-key-stage-ask{right:100px;top:7px;bottom:auto}
.st-key-stage-ask button{min-height:42px;padding:0 10px}
.st-key-stage-ask button p{font-size:15px!important;white-space:nowrap}
[data-testid="stPopoverBody"]{width:340px!important}
.stage-over{overflow:auto;align-items:safe center}
.stage-over .box{max-width:none;padding:16px;font-size:17px;line-height:1.35;box-sizing:border-box}
.stage-over h2{font-size:22px}
.stage-over kbd{display:none}
.stage-over .keys{gap:6px 10px}
.stage-over .keys button{min-height:44px;border:1px solid var(--faint);border-radius:8px;
padding:4px 12px}
.stage-over .follow{gap:16px}
.stage-over .follow img{width:min(60vw,60vh,280px);height:auto;aspect-ratio:1}
.stage-over .code{font-size:48px}
.stage-over .link{font-size:15px}
.stage-over :is(.to-step,[data-stage-do="close"]:not(.close)){display:none}
.stage-over .numbers{display:flex}
#stage-note{bottom:calc(var(--bar) + 12px);font-size:15px;width:max-content;max-width:88vw;
border-radius:12px;box-sizing:border-box}
"""
_ROOM_FOR_PICTURES: Final = """
.st-key-stage [class*="st-key-scroll-"]{overflow-x:auto;touch-action:pan-x pan-y pinch-zoom}
.st-key-stage [class*="st-key-scroll-"]>div{min-width:760px}
"""
UPRIGHT: Final = (
    ":root{--bar:60px}"
    + _BOTH
    + _ROOM_FOR_PICTURES
    + """
[class*="st-key-stage-slot-"] [data-testid="stHorizontalBlock"]{flex-direction:column!important;
gap:14px!important}
[class*="st-key-stage-slot-"] [data-testid="stColumn"]{width:100%!important;flex:none!important;
min-width:0!important}
.st-key-stage .where .of{display:none}
@media (max-width:359px){.st-key-stage .where small{display:none}}
.stage-over .keys{grid-template-columns:1fr 1fr}
.stage-over .follow{flex-direction:column;text-align:center}
"""
)
"""One column, as words are read on a phone: headline, picture, points, sources."""
LYING: Final = (
    ":root{--bar:52px}"
    + _BOTH
    + _ROOM_FOR_PICTURES
    + """
[class*="st-key-stage-slot-"] [data-testid="stHorizontalBlock"]{gap:20px!important}
[class*="st-key-stage-slot-"] [data-testid="stColumn"]{min-width:0!important}
.stage-over .keys{grid-template-columns:1fr 1fr 1fr}
"""
)
"""Picture and points side by side, below the headline; all of it scrolls together."""
