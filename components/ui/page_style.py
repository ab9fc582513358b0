"""The style sheet of every page; its colours are those of ``components.theme``."""

from __future__ import annotations

from typing import Final

from components import theme

_RULES: Final = """
.block-container{padding:4.4rem 2.2rem 2rem;max-width:1560px}
[data-testid="stSidebarUserContent"]{padding-top:.5rem}
[data-testid="stCaptionContainer"]{color:inherit;opacity:.82}
[data-testid="stCaptionContainer"] *{color:inherit}
[class*="st-key-scroll-"]{overflow-x:auto}
[class*="st-key-scroll-"]>div{min-width:760px}
@media(max-width:640px){.block-container{padding-left:.8rem;padding-right:.8rem}}
/* The row of the filters that are set is not there when none is: keep its room, so that setting the
first moves no map; nor does a shorter sentence. On a phone there is no room to keep. */
.block-container h1{padding-top:0}
/* Room around headings as that of the level below, whose size they have. */
.stMain .stMarkdown h2{padding:.75rem 0 1rem}
.stMain .stMarkdown h3{padding:.5rem 0 1rem}
.stMain [class*="st-key-side-"] h2{font-size:1.05rem;font-weight:600;padding:.5rem 0 1rem}
[class*="st-key-exhibit-"]>[data-testid="stElementContainer"]:first-child h3{
font-size:1.2rem;font-weight:650;padding:.75rem 0 1rem}
:is(.st-key-active-filters,.st-key-side-b-filters) button{min-height:1.9rem;padding:.1rem .6rem}
@media(min-width:641px){.block-container{padding-top:3.7rem}
.stApp:not(:has(.st-key-active-filters)) .block-container{padding-top:6.6rem}}
@media(min-width:641px){[class*="st-key-exhibit-"]:has([data-testid="stDeckGlJsonChart"])
>[data-testid="stElementContainer"]:first-child p:last-child{min-height:3.2em}}
/* What leads to another page from beside a heading looks like the buttons that it stands with. */
.st-key-page-actions [data-testid="stPageLink-NavLink"]{border:1px solid var(--edge);
border-radius:6px;padding:.3rem .75rem;line-height:1.6}
/* A name that leads to what is counted stands above its number. */
.st-key-held [data-testid="stPageLink-NavLink"]{padding-left:0;margin-left:0}
.st-key-held [data-testid="stColumn"] [data-testid="stVerticalBlock"]{gap:0}
/* Pale blue in the dark: white on it is too faint to read. */
[data-testid="stBaseButton-primary"]:enabled,[data-testid="stBaseLinkButton-primary"],
[data-testid="stMultiSelectTagsContainer"] [data-tag],
[data-testid="stMultiSelectTagsContainer"] [data-tag] *{color:var(--on-primary)}
/* Terms of the glossary: quiet, and read by keyboard as by mouse. */
.stApp :is([data-testid="stMarkdownContainer"],[data-testid="stCaptionContainer"],.statements)
a[href*="glossary?term="]{color:inherit;cursor:help;
text-decoration:underline dotted 1px;text-underline-offset:3px;position:relative}
a[href*="glossary?term="]:focus-visible::after{content:attr(title);position:absolute;left:0;
top:1.6em;z-index:9;width:min(20rem,70vw);padding:.5rem .7rem;font-weight:400;
font-size:.85rem;line-height:1.4;border:1px solid var(--edge);border-radius:6px;
color:var(--tip-ink);background:var(--tip)}
/* Streamlit's own CSV of a table says neither source nor filters nor whose rows they are, and a
spreadsheet runs in it what is made harmless in the Atlas's, which stands beside. */
[data-testid="stElementToolbarButton"]:has(button:is([aria-label^="Download as CSV"],
[aria-label^="Show/hide columns"])){display:none}
/* Where the keyboard is, on what Streamlit marks by a faint background only. */
:is([data-testid="stPageLink-NavLink"],[data-testid="stBaseButton-elementToolbar"],
[data-testid="stDeckGlJsonChart"] canvas):focus-visible{outline:2px solid var(--tip-ink);
outline-offset:2px}
.statements{columns:2 21rem;column-gap:28px}
.lines ul{margin:0;padding-left:1.1em}.lines li{padding:4px 0}
.lines summary{cursor:pointer;font-weight:600;padding:10px 0}
[data-testid="stDeckGlJsonChart"]{background:var(--wash);border-radius:6px}
[data-testid="stDataFrame"] canvas:focus-visible{outline:3px solid var(--edge);outline-offset:-3px}
/* What a heading's menu sorts, formats, pins or hides would be the browser's alone: no link would
open it. A click on the heading sorts, and Tables chooses columns, both in the address. */
[data-testid="stDataFrameColumnMenu"] [role="menu"]>:is(:nth-child(2),:nth-child(3),
:nth-child(4):not([role]),[role="presentation"]+[role="presentation"],
:nth-last-child(-n+2)){display:none}
.statements details{break-inside:avoid;padding:7px 0;border-bottom:1px solid var(--rule)}
.statements summary{cursor:pointer;font-weight:600}
.statements p{margin:6px 0 2px 0}
.statements small{opacity:.8}
/* A whole line that leads on is underlined faintly, and plainly where it is pointed at. */
:is(.statements,.found,.glossary) small a{color:inherit;text-underline-offset:2px;
text-decoration-color:color-mix(in srgb,currentColor 45%,transparent)}
:is(.statements,.found,.glossary) small a:is(:hover,:focus-visible){
text-decoration-color:currentColor}
.statements .marks{font-weight:400;font-size:.82rem;opacity:.8;margin-left:.35em}
.statements ul.links{margin:4px 0 6px 0;padding-left:1.1em}
.statements ul.links a{color:inherit}
.statements ul.links li{margin:3px 0}
.statements ul.links i{opacity:.75;font-size:.85rem}
.statements h3{break-after:avoid;margin:14px 0 4px 0;padding:0;font-size:1rem}
@media(max-width:760px){.statements{columns:1}}
.side-by-side{overflow-x:auto}
.side-by-side table{border-collapse:collapse;width:100%;table-layout:fixed}
.side-by-side :is(th,td){padding:7px 12px 7px 0;border-bottom:1px solid var(--rule);
text-align:left;vertical-align:top;overflow-wrap:anywhere}
.side-by-side thead th{font-size:1.05rem;border-bottom-width:2px}
.side-by-side th:first-child{width:13.5rem}
@media(min-width:761px){[class*="st-key-side-"] .side-by-side{font-size:.92rem}
[class*="st-key-side-"] .side-by-side th:first-child{width:8.6rem}}
.side-by-side ul{margin:0;padding-left:1.1em}
.side-by-side .verdict{display:block;font-weight:400;font-size:.85rem;opacity:.85}
.side-by-side .differs .verdict{font-weight:700;opacity:1}
.side-by-side .differs th{box-shadow:inset 4px 0 0 var(--differs);padding-left:12px}
.side-by-side tr:not(.differs)>th:first-child{padding-left:12px}
@media(max-width:760px){
.side-by-side :is(table,tbody,tr,th,td){display:block}.side-by-side thead{display:none}
.side-by-side tbody tr{padding:8px 0;border-bottom:2px solid var(--edge)}
.side-by-side th:first-child{width:auto}
.side-by-side .verdict{display:inline;margin-left:.6em}
.side-by-side :is(tbody th,td){border-bottom:0;padding:3px 0 3px 12px}
.side-by-side td::before{content:attr(data-of);display:block;font-size:.85rem;opacity:.8}}
/* Ways to where a number comes from: quiet, and under a finger large enough. */
.way{font-size:.8rem;font-weight:400;line-height:0;margin-left:2px}
.way a{color:inherit;opacity:.9;white-space:nowrap;padding:.25rem 0;
text-decoration-thickness:1px;text-underline-offset:2px}
.stApp :is([data-testid="stMarkdownContainer"],[data-testid="stCaptionContainer"])
a:is([href^="row?"],[href^="tables?"],[href*="?at="]){color:inherit;opacity:.9;
font-size:max(.9em,.8rem);white-space:nowrap;text-decoration:underline;
text-decoration-thickness:1px;text-underline-offset:2px}
/* A number within a sentence: read as the words about it, underlined faintly. */
.stApp :is([data-testid="stMarkdownContainer"],[data-testid="stCaptionContainer"])
a[title$=" of this number"]{font-size:inherit;opacity:1;white-space:normal;
text-decoration-color:color-mix(in srgb,currentColor 38%,transparent)}
.stApp a[title$=" of this number"]:is(:hover,:focus-visible){text-decoration-color:currentColor}
.stMain code{font-size:max(.85em,.8rem)}
/* A list of choices is as wide as its box, which is narrow: a long name is read to its end, where
the count of the rows stands. Its lines are of one height, which is that of two. */
[data-testid$="Dropdown"]{min-width:min(23rem,calc(100vw - 2.6rem))}
[data-testid$="Dropdown"] [role="option"]>*{white-space:normal;overflow:hidden;font-size:.92rem;
line-height:1.2;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2}
/* What is said of an exhibit, on a phone: base and first source in view, the rest a tap away. */
.said summary{cursor:pointer;min-height:40px;padding:6px 0}
.said summary u{text-underline-offset:3px}
.said[open] summary{border-bottom:1px solid var(--rule);margin-bottom:6px}
@media(pointer:coarse),(max-width:640px){
/* Under a finger: forty pixels at least. */
.stMain :is(button,a[data-testid="stPageLink-NavLink"]):not(
[data-testid^="stDeckGl"],
[data-testid="stTooltipHoverTarget"],.react-aria-ComboBox *,.stCheckbox *){min-height:40px}
.stMain .react-aria-ComboBox>[role="group"]{min-height:42px}
.stMain [data-testid="stTextInputField"]{min-height:40px}
.stMain summary{min-height:40px}
.statements summary{padding:8px 0}
.statements details{padding:1px 0}
.statements ul.links li{margin:9px 0}
.stMain :is(.way,.profile sup) a{padding:.6rem .4rem;margin:0 -.2rem}
.stApp :is([data-testid="stMarkdownContainer"],[data-testid="stCaptionContainer"],
.statements small,.found small,.glossary small)
a:is([href^="row?"],[href^="tables?"],[href*="?at="]){padding:.3rem 0}
.stApp :is([data-testid="stMarkdownContainer"],[data-testid="stCaptionContainer"])
a[title$=" of this number"][href]{padding:.3rem .65rem;margin:0 -.65rem}
[data-testid="stCheckbox"] label{min-height:40px;align-items:center}
.stMain button{min-width:24px}
:is([data-testid="stExpandSidebarButton"],[data-testid="stSidebarCollapseButton"] button,
[data-testid="stMainMenuButton"],[role="dialog"] button[aria-label="Close"]){min-width:40px;
min-height:40px;display:flex;align-items:center;justify-content:center}
body :is(.react-aria-ComboBox button,[data-testid="stMultiSelect"] button,
button[aria-label^="Help for"],[role="dialog"] button[aria-label="Clear entry"]){min-width:26px;
min-height:26px;display:grid;place-items:center}
.stMain :is([data-testid="stMarkdownContainer"],[data-testid="stCaptionContainer"],
[data-testid="stHtml"]) a{padding-top:.25rem;padding-bottom:.25rem}
.stMain [data-testid="stCaptionContainer"] a[href*="side-by-side?"]{padding:.6rem 0}
/* Names are read whole where there is no pointer that would show the rest. */
:is(.stMain,[role="dialog"]) [data-testid="stPageLink-NavLink"] :is(span,div,p){white-space:normal;
overflow:visible}
/* The tools of a table always stand above it here: keep them off the words. */
[data-testid="stElementContainer"]:has([data-testid="stDataFrame"]){margin-top:2.6rem}
[class*="st-key-wide-"]{position:relative}
[class*="st-key-wide-"]::before{content:"Swipe for more columns";position:absolute;top:.9rem;left:0;
font-size:.875rem;opacity:.82}
[data-testid="stBaseButton-elementToolbar"]{min-width:44px;justify-content:center}
[data-testid="stElementToolbarButtonContainer"]{padding:0}}
@media(max-width:640px){.block-container{padding-top:3.6rem}
/* What a map says of an area that was tapped has its foot, where it is read whole. */
[data-testid="stDeckGlJsonChart"] .deck-tooltip{transform:none!important;top:auto!important;
bottom:.4rem;left:.4rem!important;right:.4rem;max-width:none!important}
[data-testid="stExpandSidebarButton"]::after{content:"Menu and filters";font-size:.92rem;
margin-left:.3rem}
.st-key-sides{display:grid;grid-template-columns:1fr 1fr}
.st-key-sides :is([data-testid="stElementContainer"],[data-testid="stLayoutWrapper"],.stPopover,
.stPopover>div,button){width:100%}
.stVerticalBlock[class*="st-key-exhibit-"]{padding:.75rem}}
"""
STYLE: Final = f"<style>{theme.css_variables()}{_RULES}</style>"
