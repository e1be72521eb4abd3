/// What a theme file says, before it is joined with the theme it inherits from.
struct ThemeFile {
  /// What a role says at one level; nil leaves it to the level above or to the inherited theme.
  struct Entry {
    var foreground: ThemeColor?
    var background: ThemeColor?
    var ink: ThemeColor?
    var attributes: Style.Attributes?

    /// Whether every colour it names exists at a level.
    func fits(_ level: ColorLevel) -> Bool {
      [foreground, background, ink].allSatisfy { $0 == nil || $0?.at(level) != nil }
    }

    /// The entry with what another one says in its place.
    func overridden(by other: Entry) -> Entry {
      Entry(
        foreground: other.foreground ?? foreground, background: other.background ?? background,
        ink: other.ink ?? ink, attributes: other.attributes ?? attributes)
    }

    /// The look at a level.
    func look(at level: ColorLevel) -> Theme.RoleLook {
      var look = Theme.RoleLook()
      look.foreground = foreground?.at(level)
      look.background = background?.at(level)
      look.ink = ink?.at(level)
      look.attributes = attributes ?? []
      return look
    }
  }

  /// All that a role says.
  struct RoleEntry {
    var base = Entry()
    var overrides: [ColorLevel: Entry] = [:]

    /// The look at a level; nil where the inherited theme's is better: the file gives nothing that this level can show.
    func look(at level: ColorLevel) -> Theme.RoleLook? {
      let override = overrides[level]
      if override == nil, level == .mono || !base.fits(level) { return nil }
      return base.overridden(by: override ?? Entry()).look(at: level)
    }
  }

  var name: String
  var ground = Theme.Ground.any
  var parent: String?
  var roles: [Role: RoleEntry] = [:]

  /// The theme, with what it does not say taken from another.
  func theme(inheriting parent: Theme?) -> Theme {
    var levels: [ColorLevel: [Role: Theme.RoleLook]] = [:]
    for level in ColorLevel.allCases {
      var looks: [Role: Theme.RoleLook] = [:]
      for role in Role.allCases {
        let own = roles[role]
        let inherited = parent?.role(role, at: level)
        looks[role] = own?.look(at: level) ?? inherited ?? own?.base.look(at: level) ?? Theme.RoleLook()
      }
      levels[level] = looks
    }
    return Theme(name: name, ground: ground, levels: levels)
  }
}
