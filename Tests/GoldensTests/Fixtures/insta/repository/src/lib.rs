#[test]
fn inline() {
    insta::assert_snapshot!(value(), @"one");
}
