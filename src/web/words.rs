//! Words people read, in both languages: a table with a column missing does not compile.

/// Declares a table of words: `key = "tiếng Việt", "English";`. A template says `{{ t.key }}`.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($key:ident = $vi:literal, $en:literal;)+ }) => {
        $(#[$about])*
        #[derive(Debug, PartialEq, Eq)]
        pub struct $name { $(#[doc = $en] pub $key: &'static str,)+ }

        impl $name {
            /// The table in a language.
            pub fn of(language: crate::domain::Language) -> &'static Self {
                static VI: $name = $name { $($key: $vi,)+ };
                static EN: $name = $name { $($key: $en,)+ };
                match language {
                    crate::domain::Language::Vi => &VI,
                    crate::domain::Language::En => &EN,
                }
            }
        }
    };
}

words! {
    /// What stands on every page.
    Words {
        product = "Theo dõi thực hiện nghị quyết", "Resolution tracker";
        skip = "Đến nội dung chính", "Skip to the content";
        overview = "Tổng quan", "Overview";
        tasks = "Nhiệm vụ", "Tasks";
        resolutions = "Nghị quyết", "Resolutions";
        search = "Tìm kiếm", "Search";
        programmes = "Chương trình", "Programmes";
        indicators = "Chỉ tiêu", "Indicators";
        reviews = "Sơ kết, tổng kết", "Reviews";
        queue = "Chờ xác nhận", "To verify";
        requests = "Đề nghị", "Requests";
        instructions = "Chỉ đạo", "Instructions";
        proposals = "Kiến nghị", "Proposals";
        drafts = "Dự thảo chờ giao", "Drafts";
        trend = "Diễn biến theo tháng", "Month by month";
        directory = "Danh mục", "Directory";
        accounts = "Tài khoản", "Accounts";
        imports = "Nhập dữ liệu", "Import";
        password = "Đổi mật khẩu", "Change password";
        notifications = "Thư nhắc việc", "E-mail";
        sign_in = "Đăng nhập", "Sign in";
        sign_out = "Đăng xuất", "Sign out";
        main_menu = "Trình đơn chính", "Main menu";
        account = "Tài khoản", "Account";
        other_language = "English", "Tiếng Việt";
        other_language_tag = "en", "vi";
        save = "Lưu", "Save";
        send = "Gửi", "Send";
        back = "Quay lại", "Back";
        next_page = "Trang sau", "Next page";
        first_page = "Về trang đầu", "First page";
        illustrative = "Có số liệu minh họa của bản dùng thử", "Contains illustrative figures of the demo";
        wrong = "Chưa được. Xin xem lại các mục sau:", "Not yet. Please look at these again:";
        nothing = "Không có dữ liệu", "Nothing here";
    }
}
