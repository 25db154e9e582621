//! What words say about somebody, outside the Latin script.

use crate::marked::{check, check_clean};
use aside_detect::Detector;

#[test]
fn an_illness_that_somebody_has_is_found() {
    check(&[
        "у меня ‹condition:диабет› первого типа, а доставка опоздала",
        "я ‹condition:беременна›, мне нельзя ждать",
        "У моей мамы ‹condition?:рак груди›",
        "мне поставили диагноз ‹condition:депрессия›",
        "в мене ‹condition:астма›",
        "я ‹condition:вагітна›",
        "έχω ‹condition:διαβήτη› και περιμένω",
        "είμαι ‹condition:έγκυος›",
        "η μητέρα μου έχει ‹condition?:άνοια›",
        "عندي ‹condition:سكري› ولا اقدر انتظر",
        "أنا ‹condition:حامل› في الشهر السابع",
        "أمي عندها ‹condition?:سرطان الثدي›",
        "أعاني من ‹condition:الربو›",
        "יש לי ‹condition:סוכרת›",
        "אני ‹condition:בהריון›",
        "לאמא שלי יש ‹condition?:סרטן›",
        "मुझे ‹condition:मधुमेह› है",
        "मैं ‹condition:गर्भवती› हूं",
        "मेरी माँ को ‹condition?:कैंसर› है",
        "我有‹condition:糖尿病›，等不了",
        "我‹condition:怀孕›了，需要坐着",
        "我媽媽有‹condition?:高血壓›",
        "私は‹condition:糖尿病›です",
        "‹condition?:妊娠中›なので重い物は持てません",
        "母が‹condition?:認知症›です",
        "저는 ‹condition:당뇨›가 있어요",
        "‹condition?:임신 중›이라 오래 못 기다려요",
        "ฉันเป็น‹condition:เบาหวาน›ค่ะ",
        "ผม‹condition:แพ้ยา›ครับ",
        "แม่เป็น‹condition?:มะเร็ง›",
    ]);
}

#[test]
fn belief_orientation_origin_and_offences_are_found_where_somebody_says_them() {
    check(&[
        "я ‹belief_union:мусульманин›",
        "я ‹sex_orientation:гей›, и что",
        "я ‹race:чеченец›, поэтому отказали?",
        "у меня ‹criminal:судимость›",
        "я ‹vulnerability:инвалид›, лифт не работает",
        "я ‹immigration:беженец›",
        "я ‹belief_union:мусульманка›, мы свинину не едим",
        "είμαι ‹belief_union:άθεος›",
        "είμαι ‹sex_orientation:λεσβία›",
        "έχω ‹criminal:ποινικό μητρώο›",
        "انا ‹belief_union:مسلم› وطلبت حلال",
        "انا ‹sex_orientation:مثلي›",
        "انا ‹immigration:لاجئ›",
        "אני ‹belief_union:דתי›",
        "אני ‹sex_orientation:לסבית›",
        "אני ‹race:אתיופי›",
        "मैं ‹belief_union:मुस्लिम› हूं",
        "मैं ‹race:दलित› हूं",
        "मैं ‹sex_orientation:समलैंगिक› हूं",
        "我是‹belief_union:穆斯林›",
        "我是‹sex_orientation:同性恋›",
        "我是‹race:回族›",
        "我‹criminal:坐过牢›",
        "私は‹belief_union:クリスチャン›です",
        "私は‹sex_orientation:ゲイ›です",
        "저는 ‹belief_union:무슬림›입니다",
        "저는 ‹sex_orientation:게이›예요",
        "저는 ‹vulnerability:장애인›입니다",
        "ผมเป็น‹belief_union:มุสลิม›",
        "ผมเป็น‹sex_orientation:เกย์›ครับ",
        "ฉัน‹vulnerability:ตาบอด›",
    ]);
}

#[test]
fn ages_children_and_sums_are_found() {
    check(&[
        "моему ‹data?:сыну 7 лет›, он видел рекламу",
        "мне ‹age?:74 года›, не понимаю приложение",
        "моїй ‹data?:доньці 6 років›",
        "ο ‹data?:γιος μου είναι 7 ετών›",
        "είμαι ‹age?:74 ετών›",
        "‹data?:ابني عمره 7 سنوات›",
        "عمري ‹age?:74 سنة›",
        "‹data?:הבן שלי בן 7›",
        "मेरा ‹data?:बेटा 7 साल का› है",
        "我‹data?:儿子7岁›",
        "我今年‹age?:74岁›",
        "‹data?:息子は7歳›です",
        "제 ‹data?:아들은 7살›이에요",
        "‹data?:ลูกอายุ 7 ขวบ›",
        "моя зарплата ‹income?:45 000 руб›",
        "我的月薪是‹income?:8000元›",
        "年収は‹income?:420万円›です",
        "월급이 ‹income?:250만원›이에요",
    ]);
    check_clean(&[
        "гарантия 3 года",
        "я ваш клиент 10 лет",
        "телефону 3 года",
        "мне 2 недели не отвечают",
        "手机用了3年",
        "加入10年了",
        "εγγύηση 2 ετών",
        "ضمان 2 سنة",
        "12 세트 주문",
    ]);
}

#[test]
fn talk_about_a_subject_is_not_found() {
    check_clean(&[
        "у меня нет диабета",
        "есть ли у вас продукты для диабетиков?",
        "сколько стоит страховка от рака?",
        "ракета не прилетела",
        "у меня умер телефон",
        "у меня не работает приложение",
        "в русской версии ошибка",
        "скидки для инвалидов есть?",
        "посылка задержана на таможне",
        "δεν έχω διαβήτη",
        "έχετε προϊόντα για διαβητικούς;",
        "το σκληρό μου πέθανε",
        "ما عندي سكري",
        "هل عندكم منتجات لمرضى السكري؟",
        "الشحنة موقوفة في الجمارك",
        "السكر غالي",
        "אין לי סוכרת",
        "יש לכם מוצרים לסוכרתיים?",
        "הבקבוק מת",
        "मुझे मधुमेह नहीं है",
        "क्या आपके पास शुगर फ्री है?",
        "हिंदी में बात करें",
        "我没有糖尿病",
        "你们有糖尿病食品吗",
        "我不是穆斯林",
        "有孕妇装吗",
        "我想问一下癌症保险多少钱",
        "回族餐厅在哪",
        "糖尿病ではありません",
        "糖尿病の人向けの商品ありますか",
        "車椅子は借りられますか",
        "アレルギー表示が見たい",
        "당뇨가 없어요",
        "당뇨 환자용 식품 있나요?",
        "장애인 할인 되나요?",
        "임산부 좌석 어디예요?",
        "ฉันไม่ได้เป็นเบาหวาน",
        "มีอาหารสำหรับคนเป็นเบาหวานไหม",
        "รถเข็นวีลแชร์ราคาเท่าไหร่",
        "女性用の靴が届きません",
        "여성 사이즈 있어요?",
    ]);
}

#[test]
fn hostile_texts_in_other_scripts_are_read_in_bounded_time() {
    for part in
        ["у меня диабет ", "диабет", "我有", "糖尿病", "我", "وال", "мне 7 лет ", "ที่", "は", "है ", "ו"]
    {
        let text = part.repeat(3_000);
        for finding in Detector::new().detect(&text) {
            assert!(text.get(finding.start..finding.end).is_some());
        }
    }
}
