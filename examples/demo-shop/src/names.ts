import type { Random } from './random.ts'

const FIRST = 'Aoife Ben Ciara Daniel Eilis Finn Grace Henry Isla Jack Kate Liam Maeve Noah Orla Patrick Quinn Rory Saoirse Tom Una Victor Wendy Zoe Alice Brian Clara David Emma Frank Hannah Ian Julia Kevin Laura Mark Nora Oscar Paula Ruth Sean Tara Anna Conor Deirdre Eoin Fiona George Helen James'.split(' ')
const LAST = 'Byrne Murphy Kelly Walsh Smith Ryan Doyle Nolan Power Moore Burke Carroll Daly Farrell Flynn Hayes Hogan Keane Lynch Maguire Nugent Quinn Reilly Shaw Tobin Ward Barry Brady Casey Clarke Collins Cullen Dunne Egan Fox Gallagher Healy Hughes Joyce Kane Lawlor Mahon Moran Nash Owens Rice Roche Scott Sheehan Whelan'.split(' ')
const SURNAME = [...'王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹']
const GIVEN = '芳 伟 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 桂英 建华 文博 雨欣 子涵 浩然 思远 佳怡 晓东 志强 美玲 俊杰 天宇 欣怡 诗涵 嘉豪 梦瑶 家乐 雅婷 国栋'.split(' ')
const PLACE = 'Harbour Liffey Northside Old Mill Riverside Castle Seaview Market Oakfield Bridge'.match(/Old Mill|\w+/g) as string[]
const TRADE = ['Café', 'Dental Practice', 'Primary School', 'Guest House', 'Veterinary Clinic', 'Design Studio', 'Bakery', 'Law Office', 'Fitness Club', 'Book Shop']
const PLACE_ZH = ['海港', '新城', '东湖', '南山', '锦江', '西溪', '长安', '和平', '朝阳', '滨江']
const TRADE_ZH = ['咖啡馆', '牙科诊所', '小学', '民宿', '宠物医院', '设计工作室', '面包房', '律师事务所', '健身中心', '书店']

/** Cities of English-speaking and of Chinese-speaking customers; the first ones are the likeliest. */
export const CITIES = ['Dublin', 'London', 'Cork', 'Manchester', 'Galway', 'Bristol', 'Limerick', 'Edinburgh'] as const
export const CITIES_ZH = ['Shanghai', 'Beijing', 'Shenzhen', 'Guangzhou', 'Hangzhou', 'Chengdu', 'Singapore', 'Wuhan'] as const

export function drawName(random: Random, isChinese: boolean, isOrganisation: boolean): string {
  const of = (list: readonly string[]): string => list[random.below(list.length)] as string
  if (isOrganisation) return isChinese ? of(PLACE_ZH) + of(TRADE_ZH) : `${of(PLACE)} ${of(TRADE)}`
  return isChinese ? of(SURNAME) + of(GIVEN) : `${of(FIRST)} ${of(LAST)}`
}

export function drawCity(random: Random, isChinese: boolean): string {
  const list = isChinese ? CITIES_ZH : CITIES
  // The lesser of two draws: the first city of eight has 15 of 64, the last 1.
  return list[Math.min(random.below(list.length), random.below(list.length))] as string
}
