/**
 * What the shop sells: nine things in each of sixteen categories, each in two or three variants, 400 products.
 * A line: English | Chinese | price in cents | variants (English=Chinese). The first variant is the one that effects
 * are planted on.
 */
export interface CategoryText {
  readonly name: string
  readonly nameZh: string
  /** Percent of a product's usual sales by calendar month, January first; left out: the same all year. */
  readonly season?: readonly number[]
  readonly lines: string
}

export const CATALOGUE_TEXT: readonly CategoryText[] = [
  {
    name: 'Coffee & tea',
    nameZh: '咖啡与茶',
    lines: `
Espresso beans|意式咖啡豆|1690|dark roast 1 kg=深烘 1 公斤;medium roast 1 kg=中烘 1 公斤;decaf 500 g=低因 500 克
Filter coffee|滤泡咖啡粉|1190|house blend 500 g=店主拼配 500 克;Ethiopia 500 g=埃塞俄比亚 500 克;Colombia 500 g=哥伦比亚 500 克
Green tea|绿茶|1290|sencha 250 g=煎茶 250 克;Longjing 100 g=龙井 100 克;jasmine 250 g=茉莉花 250 克
Black tea|红茶|890|breakfast 250 g=早餐茶 250 克;Earl Grey 250 g=伯爵 250 克;Assam 250 g=阿萨姆 250 克
Herbal tea|花草茶|690|mint 40 bags=薄荷 40 包;camomile 40 bags=洋甘菊 40 包;rooibos 40 bags=路易波士 40 包
Oat drink|燕麦饮|1440|barista, case of 6=咖啡师款 6 盒;plain, case of 6=原味 6 盒;vanilla, case of 6=香草 6 盒
Coffee syrup|咖啡糖浆|990|vanilla=香草;hazelnut=榛果;caramel=焦糖
Hot chocolate|热巧克力粉|1150|dark=黑巧;orange=香橙
Honey|蜂蜜|950|heather=石楠;acacia=槐花`,
  },
  {
    name: 'Coffee machines',
    nameZh: '咖啡器具',
    lines: `
Espresso machine|意式咖啡机|44900|steel=不锈钢;black=黑色;two boilers=双锅炉
Descaler|除垢剂|1390|500 ml=500 毫升;tablets=片剂;citric acid 1 kg=柠檬酸 1 公斤
Milk jug|奶缸|1890|350 ml=350 毫升;600 ml=600 毫升;white 350 ml=白色 350 毫升
Coffee grinder|磨豆机|18900|conical burrs=锥形刀盘;hand mill=手摇;flat burrs=平刀
Filter coffee maker|滴滤咖啡机|8900|ten cups=10 杯;thermos jug=保温壶;four cups=4 杯
Paper filters|咖啡滤纸|590|size 4, 200 sheets=4 号 200 张;cone, 100 sheets=锥形 100 张;flat, 100 sheets=平底 100 张
Water filter jug|滤水壶|3490|2.4 l=2.4 升;3.5 l=3.5 升;glass=玻璃
Water filter cartridges|滤水壶滤芯|2190|pack of 3=3 支装;pack of 6=6 支装
Espresso cups|浓缩咖啡杯|2490|set of 4=4 只套装;double wall=双层玻璃`,
  },
  {
    name: 'Cookware',
    nameZh: '厨具',
    lines: `
Cast-iron pan|铸铁锅|5900|26 cm=26 厘米;30 cm=30 厘米;grill=烤盘
Chain-mail scrubber|铸铁锅链刷|1690|square=方形;with handle=带柄;round=圆形
Chef's knife|主厨刀|7900|20 cm=20 厘米;santoku=三德刀;carbon steel=碳钢
Sharpening stone|磨刀石|3490|1000/3000=1000/3000 目;400/1000=400/1000 目;diamond=金刚石
Wok|炒锅|4490|carbon steel 32 cm=碳钢 32 厘米;with lid=带盖;cast iron=铸铁
Bamboo steamer|竹蒸笼|1990|24 cm=24 厘米;30 cm=30 厘米;three tiers=三层
Chopping board|砧板|3290|oak=橡木;bamboo=竹;end grain=端面
Stock pot|汤锅|6490|8 l=8 升;12 l=12 升
Rice cooker|电饭煲|9900|1.8 l=1.8 升;1 l=1 升`,
  },
  {
    name: 'Baking & pantry',
    nameZh: '烘焙与食材',
    season: [90, 90, 100, 105, 90, 80, 75, 80, 95, 110, 140, 160],
    lines: `
Stand mixer|厨师机|32900|cream=奶油色;red=红色;graphite=石墨色
Pasta attachment|压面配件|8900|roller=压面辊;spaghetti=细面;ravioli=饺子
Bread flour|面包粉|1590|strong white 5 kg=高筋 5 公斤;wholemeal 5 kg=全麦 5 公斤;rye 5 kg=黑麦 5 公斤
Proving basket|发酵篮|1990|round=圆形;oval=椭圆;long=长形
Bread tin|吐司模|1790|900 g=900 克;450 g=450 克;with lid=带盖
Olive oil|橄榄油|1890|extra virgin 1 l=特级初榨 1 升;mild 1 l=清淡 1 升;Greek 500 ml=希腊 500 毫升
Vanilla|香草|1290|pods=荚;paste=酱;extract=精
Cake tins|蛋糕模|2490|set of 3=3 只套装;springform=活底
Soy sauce|酱油|790|light 500 ml=生抽 500 毫升;dark 500 ml=老抽 500 毫升`,
  },
  {
    name: 'Pet food',
    nameZh: '宠物食品',
    lines: `
Dry dog food|狗粮|4990|lamb 12 kg=羊肉 12 公斤;chicken 12 kg=鸡肉 12 公斤;salmon 12 kg=三文鱼 12 公斤
Wet cat food|猫湿粮|2690|tuna 24 tins=金枪鱼 24 罐;chicken 24 tins=鸡肉 24 罐;kitten 24 tins=幼猫 24 罐
Dry cat food|猫粮|3290|chicken 4 kg=鸡肉 4 公斤;indoor 4 kg=室内猫 4 公斤;senior 4 kg=老年猫 4 公斤
Fish food|鱼食|890|flakes 250 ml=薄片 250 毫升;pellets 250 ml=颗粒 250 毫升;algae wafers=藻片
Dog treats|狗零食|790|beef=牛肉;dental sticks=洁齿棒;puppy=幼犬
Cat treats|猫零食|490|cheese=奶酪;liver=肝;freeze-dried=冻干
Bird seed|鸟食|1390|garden mix 5 kg=花园混合 5 公斤;sunflower 5 kg=葵花籽 5 公斤;fat balls=油脂球
Rabbit pellets|兔粮|1590|4 kg=4 公斤;young 4 kg=幼兔 4 公斤
Hay|干草|990|meadow 3 kg=草甸 3 公斤;timothy 3 kg=提摩西 3 公斤`,
  },
  {
    name: 'Pet supplies',
    nameZh: '宠物用品',
    lines: `
Dog bed|狗窝|6900|medium=中号;large=大号;travel=便携
Dog blanket|狗毯|2490|fleece=抓绒;wool=羊毛;waterproof=防水
Cat tree|猫爬架|7900|120 cm=120 厘米;170 cm=170 厘米;wall=壁挂
Catnip toys|猫薄荷玩具|1190|set of 3=3 只套装;fish=鱼形;ball=球
Cat litter|猫砂|1690|clumping 12 kg=结团 12 公斤;wood 12 kg=木屑 12 公斤;tofu 12 l=豆腐 12 升
Aquarium|水族箱|12900|60 l=60 升;120 l=120 升;nano=迷你缸
Dog lead|牵引绳|2290|leather=皮革;retractable=伸缩;running=跑步
Poo bags|拾便袋|790|300 bags=300 只;with holder=带盒
Pet carrier|宠物航空箱|4490|small=小号;large=大号`,
  },
  {
    name: 'Camping',
    nameZh: '露营',
    season: [45, 50, 80, 120, 160, 185, 190, 150, 90, 60, 45, 55],
    lines: `
Tent|帐篷|24900|two persons=双人;four persons=四人;ultralight=超轻
Sleeping mat|防潮垫|6900|inflatable=充气;foam=泡沫;double=双人
Sleeping bag|睡袋|12900|three seasons=三季;summer=夏季;winter=冬季
Inflatable pillow|充气枕|2290|regular=标准;large=大号;down=羽绒
Camping stove|露营炉|5900|folding=折叠;two burners=双头;alcohol=酒精
Gas cartridge|气罐|790|230 g=230 克;450 g=450 克;pack of 4=4 只装
Head torch|头灯|3990|400 lm=400 流明;rechargeable=充电;child=儿童
Cool box|冷藏箱|8900|25 l=25 升;electric=电动
Camping chair|露营椅|4490|folding=折叠;low=矮款`,
  },
  {
    name: 'Hiking & cycling',
    nameZh: '徒步与骑行',
    season: [60, 65, 95, 120, 140, 145, 140, 125, 105, 90, 70, 85],
    lines: `
Hiking boots|登山鞋|15900|leather=皮面;light=轻量;winter=冬季
Wool socks|羊毛袜|1990|two pairs=两双;long=长筒;liner=内袜
Rucksack|背包|11900|30 l=30 升;50 l=50 升;daypack=日用
Rain cover|防雨罩|1990|30 l=30 升;50 l=50 升;high-vis=荧光
Bicycle pump|打气筒|3490|floor=落地;mini=迷你;CO2=气瓶
Puncture repair kit|补胎套装|1290|patches=补丁;tubeless=真空胎;tyre levers=撬棒
Trekking poles|登山杖|6900|aluminium=铝合金;carbon=碳纤维;folding=折叠
Water bottle|水壶|2490|steel 750 ml=不锈钢 750 毫升;insulated 1 l=保温 1 升
Bicycle lights|自行车灯|3990|set=套装;dynamo=发电机`,
  },
  {
    name: 'Garden',
    nameZh: '园艺',
    season: [45, 65, 140, 190, 180, 140, 105, 90, 95, 75, 45, 30],
    lines: `
Raised bed|种植箱|8900|larch=落叶松;steel=钢制;corner=转角
Potting soil|营养土|1290|40 l=40 升;peat-free 40 l=无泥炭 40 升;herbs 20 l=香草 20 升
Tomato seeds|番茄种子|390|heirloom=老品种;cherry=樱桃;beefsteak=牛番茄
Tomato feed|番茄肥|1090|1 l=1 升;organic 1 l=有机 1 升;granules=颗粒
Secateurs|修枝剪|3490|bypass=绕刃;anvil=砧式;long reach=长柄
Garden hose|花园水管|4990|25 m=25 米;expandable=伸缩;soaker=渗水
Hose reel|水管卷盘|6900|wall=壁挂;cart=推车;automatic=自动
Garden gloves|园艺手套|1290|leather=皮革;nitrile=丁腈
Flower bulbs|花球|1490|tulips, 50=郁金香 50 粒;daffodils, 50=水仙 50 粒`,
  },
  {
    name: 'Home office',
    nameZh: '办公用品',
    lines: `
Printer|打印机|17900|laser=激光;ink tank=墨仓;photo=照片
Ink cartridges|墨盒|4490|black=黑色;colour=彩色;set of 4=4 色套装
Printer paper|打印纸|2490|A4, 5 × 500=A4 5 包;recycled, 5 × 500=再生 5 包;heavy, 500=加厚 500 张
Monitor arm|显示器支架|8900|single=单臂;double=双臂;wall=壁挂
Cable tray|理线架|2490|steel=钢制;mesh=网状;clip-on=夹式
Fountain pen|钢笔|4990|fine=细尖;medium=中尖;italic=美工尖
Bottled ink|瓶装墨水|1590|blue-black=蓝黑;green=绿色;burgundy=酒红
Notebook|笔记本|1690|dotted A5=点阵 A5;lined A5=横线 A5
Desk lamp|台灯|6900|LED=LED;clamp=夹式`,
  },
  {
    name: 'Craft & sewing',
    nameZh: '手工与缝纫',
    season: [115, 110, 100, 90, 85, 75, 75, 85, 100, 115, 125, 125],
    lines: `
Sewing machine|缝纫机|27900|computerised=电脑款;mechanical=机械款;overlock=锁边
Thread set|缝纫线套装|2490|60 colours=60 色;strong=加粗;silk=丝线
Knitting needles|棒针|2990|bamboo set=竹制套装;circular=环形;steel=钢制
Merino wool|美利奴毛线|990|grey 100 g=灰 100 克;moss 100 g=苔绿 100 克;ochre 100 g=赭 100 克
Watercolour set|水彩套装|4490|24 pans=24 色;tubes=管装;travel=便携
Watercolour paper|水彩纸|1890|A4 block=A4 本;A3 block=A3 本;roll=卷
Fabric|布料|1590|linen 1 m=亚麻 1 米;cotton 1 m=棉 1 米;denim 1 m=牛仔 1 米
Embroidery hoop|绣绷|890|20 cm=20 厘米;set of 3=3 只套装
Modelling clay|黏土|1390|air-dry 1 kg=风干 1 公斤;polymer=软陶`,
  },
  {
    name: 'Tools & DIY',
    nameZh: '五金工具',
    lines: `
Cordless drill|充电钻|14900|18 V=18 伏;12 V=12 伏;hammer=冲击
Drill bits|钻头|2990|set of 60=60 件套;masonry=石材;wood=木工
Paint roller|油漆滚筒|1290|set=套装;long pile=长毛;foam=泡沫
Masking tape|美纹纸|590|3 rolls=3 卷;wide=宽幅;outdoor=户外
Sander|砂光机|8900|random orbit=偏心轨道;delta=三角;belt=砂带
Sanding discs|砂纸片|1490|assorted, 50=混装 50 片;fine, 50=细 50 片;coarse, 50=粗 50 片
Spirit level|水平尺|2490|60 cm=60 厘米;laser=激光;120 cm=120 厘米
Tool box|工具箱|5490|steel=钢制;stacking=叠放
Wall paint|墙漆|3990|white 5 l=白色 5 升;grey 2.5 l=灰色 2.5 升`,
  },
  {
    name: 'Vitamins & health',
    nameZh: '维生素与健康',
    season: [140, 120, 105, 95, 90, 85, 80, 85, 100, 105, 105, 90],
    lines: `
Multivitamin|复合维生素|1990|60 tablets=60 片;women, 60=女士 60 片;50+, 60=50 岁以上 60 片
Omega-3|鱼油|2290|90 capsules=90 粒;algae, 60=藻油 60 粒;liquid=液体
Vitamin D|维生素 D|1290|90 drops=90 滴;tablets, 120=120 片;with K2=含 K2
Protein powder|蛋白粉|3490|vanilla 1 kg=香草 1 公斤;chocolate 1 kg=巧克力 1 公斤;pea 1 kg=豌豆 1 公斤
Yoga mat|瑜伽垫|4990|cork=软木;travel=便携;thick=加厚
Yoga blocks|瑜伽砖|1990|cork pair=软木一对;foam pair=泡沫一对;with strap=带绳
Foam roller|泡沫轴|2990|firm=硬;short=短款;vibrating=震动
Blood pressure monitor|血压计|5900|upper arm=上臂;wrist=手腕
Shaker bottle|摇摇杯|1190|700 ml=700 毫升;steel=不锈钢`,
  },
  {
    name: 'Personal care',
    nameZh: '个人护理',
    lines: `
Electric toothbrush|电动牙刷|8900|white=白色;travel=便携;child=儿童
Toothbrush heads|牙刷头|2490|pack of 4=4 支装;soft, 4=软毛 4 支;child, 4=儿童 4 支
Safety razor|安全剃须刀|3990|chrome=镀铬;long handle=长柄;black=黑色
Razor blades|剃须刀片|1290|pack of 50=50 片装;mild, 50=温和 50 片;sharp, 50=锋利 50 片
Shampoo bar|洗发皂|1090|rosemary=迷迭香;sensitive=敏感;citrus=柑橘
Face cream|面霜|2490|day=日霜;night=晚霜;SPF 30=防晒 30
Hand soap|洗手液|790|lavender 500 ml=薰衣草 500 毫升;unscented 500 ml=无香 500 毫升;refill 2 l=补充装 2 升
Hair dryer|吹风机|6900|ionic=负离子;foldable=折叠
Bath towel|浴巾|2290|white=白色;sea green=海绿`,
  },
  {
    name: 'Toys & games',
    nameZh: '玩具与游戏',
    season: [70, 70, 80, 85, 80, 80, 85, 80, 85, 105, 185, 230],
    lines: `
Board game|桌游|4490|harbour=海港;expedition=远征;vineyard=葡萄园
Card sleeves|卡牌套|890|100, standard=标准 100 张;100, large=大号 100 张;matt=磨砂
Wooden railway|木制火车|5900|starter=入门套装;mountain=山地轨道;figure of eight=8 字轨道
Railway bridge|火车桥|2490|stone=石桥;lifting=升降;set of 3=3 件套
Building bricks|积木|3990|500 pieces=500 块;castle=城堡;space=太空
Jigsaw|拼图|1990|1000 pieces=1000 片;map=地图;500 pieces=500 片
Cuddly toy|毛绒玩具|1890|bear=熊;panda=熊猫;fox=狐狸
Picture book|绘本|1490|animals=动物;night sky=夜空
Kite|风筝|2490|delta=三角;box=盒式`,
  },
  {
    name: 'Home & textiles',
    nameZh: '家居家纺',
    season: [115, 95, 95, 95, 90, 85, 80, 85, 105, 115, 120, 120],
    lines: `
Duvet|羽绒被|11900|four seasons=四季;summer=夏季;down=鹅绒
Duvet cover|被套|5900|linen=亚麻;percale=高支棉;striped=条纹
Dishwasher tablets|洗碗机块|1590|60 tablets=60 块;eco, 60=环保 60 块;gel=凝胶
Laundry detergent|洗衣液|1790|3 l=3 升;colour 3 l=护色 3 升;wool 1 l=羊毛 1 升
Scented candle|香薰蜡烛|1990|cedar=雪松;fig=无花果;linen=亚麻
Wool throw|羊毛毯|6900|natural=本色;blue=蓝色;herringbone=人字纹
Cushion|靠垫|2490|velvet=丝绒;linen=亚麻;outdoor=户外
Storage baskets|收纳篮|2990|set of 3=3 只套装;with lid=带盖
Door mat|门垫|2290|coir=椰棕;washable=可洗`,
  },
]
