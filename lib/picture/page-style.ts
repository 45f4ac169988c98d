/** Colours of both ways that a reader may have it, and of paper. Contrast of text is 4.5 at least. */
const LIGHT = `--paper:#fff;--ink:#1c2430;--soft:#5a6675;--edge:#c9d1da;--island:#f4f6f9;--box:#fff;--line:#66758a;
--good:#0b6b3a;--bad:#b3261e;--warn:#8a5300;--gone:#5a6675;--focus:#0b57d0;--outside:#eef3fb`;
const DARK = `--paper:#14181e;--ink:#e7ecf2;--soft:#a3b0bf;--edge:#3a4552;--island:#1c222a;--box:#252d37;--line:#8fa0b5;
--good:#62d394;--bad:#ff8a80;--warn:#f2b45c;--gone:#a3b0bf;--focus:#8ab4f8;--outside:#1b2433`;

/** How a drawing looks, in a page and by itself. */
export const DRAWING_STYLE = `:root{color-scheme:light dark;${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}
@media print{:root{color-scheme:light;${LIGHT}}}
svg{background:var(--paper);font-family:system-ui,"Segoe UI","Liberation Sans",Arial,sans-serif}
svg text{fill:var(--ink);font-size:13px;text-anchor:middle}
svg .small,svg .ports{fill:var(--soft);font-size:11px}
svg .said{fill:var(--soft);font-size:11px;text-anchor:start}
svg .ports{paint-order:stroke;stroke:var(--paper);stroke-width:3px}
.frame rect{fill:var(--island);stroke:var(--edge)}
.frame text{font-weight:600}
.node rect{fill:var(--box);stroke:var(--soft)}
.node.namespace rect{fill:var(--island)}
.node.outside rect,.node.everyone rect{fill:var(--outside);stroke-dasharray:4 2}
.node.all rect{stroke-dasharray:2 2}
.node.found rect,.frame.found rect{stroke:var(--warn);stroke-width:2px}
.line .curve{fill:none;stroke:var(--line);stroke-width:1.3px}
.line .wide{fill:none;stroke:transparent;stroke-width:9px;pointer-events:stroke}
.line .tip{fill:var(--line)}
.line.perhaps .curve{stroke-dasharray:2 3}
.line.found .curve{stroke:var(--warn)}.line.found .tip{fill:var(--warn)}
.line.mark-added .curve,.line.mark-widened .curve,.line.mark-changed .curve{stroke:var(--bad);stroke-width:2px}
.line.mark-added .tip,.line.mark-widened .tip,.line.mark-changed .tip{fill:var(--bad)}
.line.mark-narrowed .curve,.line.mark-removed .curve{stroke:var(--good);stroke-width:2px}
.line.mark-narrowed .tip,.line.mark-removed .tip{fill:var(--good)}
.line.mark-removed .curve{stroke-dasharray:6 4}
.line.mark-half-open .curve{stroke:var(--bad);stroke-width:2px;stroke-dasharray:6 4}
.line.mark-half-open .tip{fill:var(--bad)}
`;

export const PAGE_STYLE = `${DRAWING_STYLE}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.45 system-ui,"Segoe UI","Liberation Sans",Arial,sans-serif}
header,form,main,section,#status,#notes{padding:0 1rem}
h1{font-size:1.3rem;margin:.7rem 0 .2rem}h2{font-size:1.1rem}h3{font-size:1rem;margin:.9rem 0 .3rem}
p{margin:.3rem 0}header p,#status,#notes{color:var(--soft)}
form{display:flex;flex-wrap:wrap;gap:.5rem .9rem;align-items:end;margin:.6rem 0}
label{display:flex;flex-direction:column;font-size:.8rem;color:var(--soft)}
fieldset{border:0;padding:0;margin:0;display:flex;gap:.8rem}legend{font-size:.8rem;color:var(--soft);padding:0}
fieldset label{flex-direction:row;gap:.3rem;font-size:.95rem;color:var(--ink)}
input,select,button{font:inherit;color:var(--ink);background:var(--box);border:1px solid var(--soft);border-radius:5px;padding:.25rem .5rem}
select{max-width:14rem}button{cursor:pointer}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.node:focus-visible rect,.frame:focus-visible rect{stroke:var(--focus);stroke-width:3px}
main{display:grid;grid-template-columns:minmax(0,1fr) 22rem;gap:1rem}
#drawings{overflow:auto;border:1px solid var(--edge);border-radius:8px;max-height:75vh}
figure{margin:0}svg{display:block;max-width:100%;height:auto}
.node,.frame,.line{cursor:pointer}
.is-off{opacity:.13}.line.is-off{display:none}.is-hidden{display:none}
.frame.is-folded rect{stroke-width:3px;stroke-dasharray:8 3}
.is-selected rect{stroke:var(--focus)!important;stroke-width:3px}
.line.is-selected .curve{stroke:var(--focus);stroke-width:3px}.line.is-selected .tip{fill:var(--focus)}
.line:hover .curve{stroke-width:3px}
aside{border:1px solid var(--edge);border-radius:8px;padding:.2rem 1rem 1rem;max-height:75vh;overflow:auto;overflow-wrap:anywhere}
aside ul{padding-left:1.1rem}aside button{text-align:left;margin:.15rem .3rem .15rem 0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:.9rem;table-layout:fixed}
caption,th{text-align:left}th,td{border-bottom:1px solid var(--edge);padding:.3rem .5rem;vertical-align:top;overflow-wrap:anywhere}
.level-error{color:var(--bad)}.level-warning{color:var(--warn)}
#legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;list-style:none;padding:0;margin:.4rem 0;font-size:.85rem;color:var(--soft)}
#legend svg{display:inline-block;vertical-align:middle;width:34px;height:10px;background:none}
.skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.4rem}
[hidden]{display:none!important}
@media (max-width:60rem){main{grid-template-columns:1fr}}
@media print{form,.skip,aside,#status{display:none}main{display:block}#drawings{border:0;max-height:none;overflow:visible}
svg{max-width:100%;max-height:95vh}tr{break-inside:avoid}summary{list-style:none}body{font-size:11px}}
`;
