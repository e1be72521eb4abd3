test("renders", () => expect(app()).toMatchSnapshot());
