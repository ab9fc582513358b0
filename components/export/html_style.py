"""Look and behaviour of exported pages: one style sheet and one script, both inline."""

from __future__ import annotations

from typing import Final

from components import theme
from components.export.map_scene import hex_of

_MAP_NAMES: Final = ("m0", "mf", "m1", "m2", "m3", "m4", "ml", "mr", "ink", "paper")


def _map_colours(name: str) -> tuple[str, ...]:
    return (
        hex_of(theme.MAP_NONE[name]),
        hex_of(theme.MAP_FILTERED[name]),
        *(hex_of(c) for c in theme.MAP_STEPS[name]),
        hex_of(theme.MAP_LINE[name]),
        hex_of(theme.MAP_REGION_LINE[name]),
        theme.INK[name],
        theme.BACKGROUND[name],
    )


def adaptive(drawing: str) -> str:
    """A light map whose colours follow the page around it."""
    for name, colour in zip(_MAP_NAMES[:-1], _map_colours("light"), strict=False):
        drawing = drawing.replace(f'="{colour}"', f'="var(--{name})"')
    return drawing


def _variables(name: str) -> str:
    pairs = zip(_MAP_NAMES, _map_colours(name), strict=True)
    rest = f"--faint:{theme.FAINT[name]};--blue:{'#005EB8' if name == 'light' else '#7CC0FF'}"
    return ";".join(f"--{k}:{v}" for k, v in pairs) + ";" + rest


STYLE: Final = (
    f":root{{color-scheme:light dark;{_variables('light')}}}"
    f"@media(prefers-color-scheme:dark){{:root{{{_variables('dark')}}}}}"
    f":root[data-scheme=light]{{color-scheme:light;{_variables('light')}}}"
    f":root[data-scheme=dark]{{color-scheme:dark;{_variables('dark')}}}"
    """
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;color:var(--ink);background:var(--paper);
 font:17px/1.45 Arial,"Liberation Sans",Helvetica,sans-serif}
a{color:var(--blue)}
header.bar{display:flex;gap:12px;align-items:center;justify-content:space-between;
 padding:8px 22px;border-bottom:3px solid #005EB8;font-size:14px;flex-wrap:wrap}
header.bar b{font-size:15px}
header.bar nav{display:flex;gap:6px;align-items:center}
button{font:inherit;color:inherit;background:transparent;border:1px solid var(--faint);
 border-radius:6px;padding:4px 11px;cursor:pointer;min-width:36px;min-height:34px}
button:focus-visible,summary:focus-visible,a:focus-visible,[tabindex]:focus-visible{
 outline:3px solid #FFB81C;outline-offset:2px}
.step{padding:14px 26px 30px;max-width:1500px;margin:0 auto}
.eyebrow{color:var(--faint);font-size:15px;margin:0 0 2px}
h1{font-size:34px;line-height:1.15;margin:.3em 0}
h2{font-size:27px;line-height:1.2;margin:0 0 10px;text-wrap:balance}
.cover{padding-top:9vh}.cover ol{line-height:1.8;padding-left:1.4em}
.body{display:grid;gap:26px;grid-template-columns:minmax(0,1fr)}
.body.told{grid-template-columns:minmax(0,2.4fr) minmax(220px,1fr)}
.points{margin:0;padding-left:1.1em;font-size:19px}.points li{margin:0 0 .7em}
.figure{min-width:0}
.figure svg{display:block;width:100%;height:auto}
.figure svg.map{max-width:640px;max-height:58vh;margin:0 auto}
.plot{width:100%}
.scroll{overflow:auto;max-height:70vh}
.legend{display:flex;flex-wrap:wrap;gap:3px 18px;font-size:15px;margin:6px 0}
.plot rect[class*=toggle]{cursor:default!important}
.legend span{display:inline-flex;gap:7px;align-items:center}.legend svg{width:22px;height:18px}
.small{font-size:14px;color:var(--faint);margin:10px 0 0}
.small b{font-weight:700}.small p{margin:1px 0}
.foot{display:flex;gap:18px;justify-content:space-between;align-items:flex-end}
.foot svg{flex:none;border-radius:4px}
details{margin:10px 0 0;font-size:15px}summary{cursor:pointer;padding:4px 0;font-weight:600}
.table{overflow:auto;max-height:60vh}.table table{width:max-content;min-width:100%}
.table td{max-width:22em}
.table.chosen table{width:100%}.table.chosen td{max-width:none}
table{border-collapse:collapse;font-size:14px;width:100%}
th,td{text-align:left;vertical-align:top;padding:5px 10px 5px 0;min-width:5em;
 border-bottom:1px solid rgba(138,151,161,.4)}
thead th{position:sticky;top:0;background:var(--paper)}
.statement{break-inside:avoid;margin:0 0 12px}.statement p{margin:2px 0}
.statements{columns:2;column-gap:34px}
.tip{position:fixed;z-index:9;max-width:310px;pointer-events:none;background:var(--paper);
 color:var(--ink);border:1px solid var(--faint);border-radius:6px;padding:7px 10px;font-size:14px;
 white-space:pre-line;box-shadow:0 2px 10px rgba(0,0,0,.25)}
.tip[hidden]{display:none}
.area.on path:first-of-type{stroke:#FFB81C;stroke-width:4}
.speech{white-space:pre-line}
.narrow,.by-colour{display:none}
.blank{position:fixed;inset:0;background:#000;z-index:50}
dialog{max-width:520px;color:var(--ink);background:var(--paper);border:1px solid var(--faint);
 border-radius:8px}dialog dt{font-weight:700}dialog dd{margin:0 0 6px}
.js .deck>.step:not(.now){display:none}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media screen and (min-width:761px){
 /* What the script leaves to the picture, so that the foot of a sheet is seen. */
 .figure .scroll{max-height:var(--room,70vh)}.figure .table{max-height:var(--room,60vh)}
 .figure svg.map{max-height:var(--room,58vh)}
 .few .statements{font-size:21px}.few .statements small{font-size:15px}
 .few .figure>p{font-size:21px}
 .few .statement{margin-bottom:22px}.few .table table{font-size:17px}
 .few .table td{padding:9px 12px 9px 0}}
@media(max-width:760px){
 body{font-size:16px}.step{padding:12px 14px 24px}h2{font-size:21px}h1{font-size:26px}
 .body.told{grid-template-columns:1fr}.points{font-size:17px}
 .foot svg{display:none}.foot>div:last-child{display:none}
 .wide.has-narrow{display:none}.narrow{display:block}.statements{columns:1}
 .sideways{overflow-x:auto}.sideways>svg,.sideways>.plot{min-width:760px}
 .figure svg.map{max-height:none}
 /* A box that scrolls within a page that scrolls looks cut off under a thumb. */
 .scroll{max-height:none}
 .table.chosen table{width:max-content}.table.chosen td{max-width:14em}
 /* Names would have letters of five pixels: they stand below, by colour. */
 .figure svg.map .name,.figure svg.map rect.place{display:none}
 .figure svg.map text.place{font-size:19px;stroke:var(--paper);stroke-width:4px;paint-order:stroke}
 .figure svg.map text.letter{font-size:24px;transform:translateY(-9px)}
 .by-colour{display:block;font-size:15px;line-height:1.4}.by-colour p{margin:8px 0}
 .by-colour svg{display:inline-block;width:22px;height:18px;margin-right:6px;vertical-align:-3px}}
@media print{
 @page{size:A4 landscape;margin:10mm}
 :root,:root[data-scheme]{color-scheme:light;"""
    f"{_variables('light')}}}"
    """
 header.bar nav,.tip,details:not([open])>*:not(summary),summary{display:none}
 .js .deck>.step,.deck>.step{display:block!important;break-after:page;padding:0;max-width:none}
 .step h2{font-size:20pt}.figure svg{max-height:112mm}.scroll{overflow:visible;max-height:none}
 .small{font-size:8.5pt}}
"""
)

KEYS: Final = (
    ("Right, Page Down, space", "next step"),
    ("Left, Page Up", "step before"),
    ("Home, End", "first, last step"),
    ("a number, then Enter", "that step"),
    ("B", "blank screen, and back"),
    ("F", "full screen"),
    ("D", "light or dark"),
    ("?", "this help"),
)

SCRIPT: Final = """
(()=>{const $=(s,r=document)=>[...r.querySelectorAll(s)];
const root=document.documentElement;root.classList.add('js');
const steps=$('.deck>.step');let at=0,typed='';
const say=document.getElementById('said');
const dark=()=>root.dataset.scheme?root.dataset.scheme==='dark':
 matchMedia('(prefers-color-scheme:dark)').matches;
const data=id=>JSON.parse(document.getElementById(id).textContent);
const wide=()=>innerWidth>760;
// Two keys of one column each are for narrow screens.
function oneKey({data,layout:{legend2,...rest}}){data.forEach(t=>delete t.legend);
 const legend={orientation:'h',x:0,y:0,yref:'container',yanchor:'bottom'},b=105;
 return {data,layout:{...rest,legend,margin:{...rest.margin,b},
  height:rest.height-rest.margin.b+b}};}
function draw(el){if(typeof Plotly==='undefined')return;
 let spec=data(el.dataset.plot);const t=data('templates')[dark()?'dark':'light'];
 if(wide()&&spec.layout.legend2)spec=oneKey(spec);
 if(el.dataset.room)spec.layout.height=+el.dataset.room;
 el.style.minHeight=spec.layout.height+'px';
 Plotly.react(el,spec.data,{...spec.layout,template:t},{displaylogo:false,responsive:true,
  showSendToCloud:false,scrollZoom:false,modeBarButtons:[['toImage']],
  toImageButtonOptions:{format:'svg',filename:el.dataset.plot}});}
// The picture gives way until the foot is on the screen, as far as it can still be read.
function fit(s){const foot=s.querySelector('.foot'),plot=s.querySelector('.figure .plot');
 s.style.removeProperty('--room');
 if(plot&&plot.dataset.room){delete plot.dataset.room;draw(plot);}
 const box=s.querySelector('.figure .scroll,.figure .table,.figure svg.map')||plot;
 if(!wide()||!foot||!box)return;
 const over=foot.getBoundingClientRect().bottom+scrollY+8-innerHeight;
 const high=box.getBoundingClientRect().height;
 const room=Math.floor(over>0?Math.max(high-over,high*.7):high);
 const whole=plot?plot.getBoundingClientRect().height:0;
 // A chart a little too high is drawn lower rather than scrolled.
 if(whole>room&&room>=whole*.8){plot.dataset.room=room-(box===plot?0:6);draw(plot);}
 else if(over>0&&box!==plot)s.style.setProperty('--room',room+'px');}
function show(n,quiet){n=Math.max(0,Math.min(steps.length-1,n));at=n;
 steps.forEach((s,i)=>s.classList.toggle('now',i===n));
 $('.plot',steps[n]).forEach(draw);fit(steps[n]);
 const c=document.getElementById('count');if(c)c.textContent=(n+1)+' / '+steps.length;
 if(!quiet){history.replaceState(null,'','#'+(n+1));scrollTo(0,0);
  if(say)say.textContent=steps[n].querySelector('h1,h2')?.textContent||'';}}
const blank=()=>{const b=document.getElementById('blank');b.hidden=!b.hidden;};
const full=()=>document.fullscreenElement?document.exitFullscreen():
 root.requestFullscreen?.().catch(()=>{});
const flip=()=>{root.dataset.scheme=dark()?'light':'dark';$('.plot',steps[at]).forEach(draw);};
const help=()=>{const d=document.getElementById('help');d.open?d.close():d.showModal();};
window.atlas={show:n=>show(n-1),count:steps.length,get step(){return at+1;}};
if(steps.length>1||document.getElementById('help'))addEventListener('keydown',e=>{
 if(e.ctrlKey||e.metaKey||e.altKey)return;const k=e.key;
 const busy=e.target.closest?.('summary,button,a,.scroll,.table')&&(k===' '||k==='Enter');
 if(busy)return;
 if(k>='0'&&k<='9'){typed+=k;return;}
 if(k==='Enter'&&typed){show(+typed-1);typed='';return;}
 typed='';
 const go={ArrowRight:()=>show(at+1),PageDown:()=>show(at+1),' ':()=>show(at+1),
  ArrowLeft:()=>show(at-1),PageUp:()=>show(at-1),Home:()=>show(0),End:()=>show(steps.length-1),
  b:blank,B:blank,'.':blank,f:full,F:full,d:flip,D:flip,'?':help}[k];
 if(go){e.preventDefault();go();}});
$('[data-do]').forEach(b=>b.addEventListener('click',()=>({next:()=>show(at+1),
 back:()=>show(at-1),help,flip}[b.dataset.do])()));
$('[data-go]').forEach(a=>a.addEventListener('click',e=>{e.preventDefault();show(+a.dataset.go);}));
const tip=document.getElementById('tip');
function over(g,x,y){$('.area.on').forEach(a=>a.classList.remove('on'));
 if(!g){tip.hidden=true;return;}g.classList.add('on');tip.textContent=g.dataset.tip;tip.hidden=false;
 const w=tip.offsetWidth,h=tip.offsetHeight;
 tip.style.left=Math.max(4,Math.min(innerWidth-w-8,x+14))+'px';
 tip.style.top=Math.max(4,Math.min(innerHeight-h-8,y+14))+'px';}
if(tip){$('svg.map title').forEach(t=>{if(t.parentNode.classList.contains('area'))t.remove();});
$('.map-box').forEach(box=>{const areas=$('.area',box).sort((a,b)=>
  a.dataset.tip.localeCompare(b.dataset.tip));let n=-1;
 box.addEventListener('pointermove',e=>over(e.target.closest('.area'),e.clientX,e.clientY));
 box.addEventListener('pointerleave',()=>over(null));
 box.addEventListener('blur',()=>over(null));
 box.addEventListener('keydown',e=>{if(e.key!=='ArrowDown'&&e.key!=='ArrowUp')return;
  e.preventDefault();n=(n+(e.key==='ArrowDown'?1:-1)+areas.length)%areas.length;
  const r=areas[n].getBoundingClientRect();over(areas[n],r.x+r.width/2,r.y+r.height/2);
  if(say)say.textContent=areas[n].dataset.tip;});});}
matchMedia('(prefers-color-scheme:dark)').addEventListener('change',()=>
 $('.plot',steps[at]).forEach(draw));
addEventListener('resize',()=>fit(steps[at]));
addEventListener('beforeprint',()=>steps.forEach((s,i)=>{s.classList.add('now');
 $('.plot',s).forEach(draw);}));
addEventListener('afterprint',()=>show(at,true));
if(steps.length)show((parseInt(location.hash.slice(1),10)||1)-1,true);
})();
"""
"""Shows one step at a time, draws charts when their step is shown, and answers keys."""
