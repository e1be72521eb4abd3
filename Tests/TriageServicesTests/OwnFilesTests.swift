import Testing
import TriageModel

@testable import TriageServices

@Suite struct OwnFilesTests {
  @Test func findsTheRepositorysFileUnderAnotherMachinesFolder() {
    let own = OwnFiles { $0 == "tests/test_a.py" }
    let frame = SourceLocation(file: "/builds/churn/checkout/tests/test_a.py", line: 3)
    #expect(own.resolve(frame) == SourceLocation(file: "tests/test_a.py", line: 3))
    #expect(own.resolve(SourceLocation(file: "/usr/lib/python3/site-packages/tests/test_a.py", line: 3)) == nil)
    #expect(own.resolve(SourceLocation(file: "../tests/test_a.py", line: 3)) == nil)
  }

  @Test func findsClassesBelowTheUsualFolders() {
    let own = OwnFiles { ["src/test/java/com/acme/CartTest.java", "shop/cart/cart_test.go"].contains($0) }
    let frame = StackFrame(line: "\tat app//com.acme.CartTest$Inner.adds(CartTest.java:21)")
    #expect(
      frame.flatMap { own.resolve($0.placed) }
        == SourceLocation(file: "src/test/java/com/acme/CartTest.java", line: 21))
    let named = SourceLocation(file: "CartTest.java", line: 3)
    #expect(own.resolve(named) == nil)
    #expect(own.resolve(named.inPackage(of: "com.acme.CartTest"))?.file == "src/test/java/com/acme/CartTest.java")
    let go = SourceLocation(file: "cart_test.go", line: 3)
    #expect(own.resolve(go.inPackage(of: "github.com/acme/shop/cart"))?.file == "shop/cart/cart_test.go")
  }
}
