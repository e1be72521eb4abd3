import Foundation
import TerminalKit

/// How far apart two colours look, also to colour-blind eyes.
enum ColorVision: CaseIterable {
  case normal
  case protanopia
  case deuteranopia
  case tritanopia

  /// Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
  private var matrix: [[Double]] {
    switch self {
    case .normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .protanopia:
      [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    case .deuteranopia:
      [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    case .tritanopia:
      [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    }
  }

  /// The CIEDE2000 difference of two linear RGB colours as these eyes see them.
  func difference(_ one: [Double], _ other: [Double]) -> Double {
    CIEDE2000.difference(CIEDE2000.lab(seen(one)), CIEDE2000.lab(seen(other)))
  }

  private func seen(_ color: [Double]) -> [Double] {
    matrix.map { row in min(1, max(0, zip(row, color).reduce(0) { $0 + $1.0 * $1.1 })) }
  }
}

/// The colour difference formula of CIE 142-2001 (Sharma, Wu and Dalal 2005).
enum CIEDE2000 {
  /// CIELAB (D65) of linear RGB.
  static func lab(_ rgb: [Double]) -> [Double] {
    let x = (0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047
    let y = 0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2]
    let z = (0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883
    let f = [x, y, z].map { $0 > 0.008856 ? cbrt($0) : 7.787 * $0 + 16 / 116.0 }
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
  }

  /// The difference of two CIELAB colours.
  static func difference(_ one: [Double], _ other: [Double]) -> Double {
    let meanChroma = (hypot(one[1], one[2]) + hypot(other[1], other[2])) / 2
    let g = 0.5 * (1 - sqrt(pow(meanChroma, 7) / (pow(meanChroma, 7) + pow(25, 7))))
    let (a1, a2) = ((1 + g) * one[1], (1 + g) * other[1])
    let (c1, c2) = (hypot(a1, one[2]), hypot(a2, other[2]))
    let (h1, h2) = (hue(a1, one[2]), hue(a2, other[2]))
    let deltaL = other[0] - one[0]
    let deltaC = c2 - c1
    let isGrey = c1 * c2 == 0
    var deltaH = isGrey ? 0 : h2 - h1
    if deltaH > 180 { deltaH -= 360 } else if deltaH < -180 { deltaH += 360 }
    let deltaHue = 2 * sqrt(c1 * c2) * sin(radians(deltaH / 2))
    let (l, c) = ((one[0] + other[0]) / 2, (c1 + c2) / 2)
    var h = h1 + h2
    if !isGrey { h = abs(h1 - h2) <= 180 ? h / 2 : h < 360 ? (h + 360) / 2 : (h - 360) / 2 }
    let t =
      1 - 0.17 * cos(radians(h - 30)) + 0.24 * cos(radians(2 * h)) + 0.32 * cos(radians(3 * h + 6))
      - 0.20 * cos(radians(4 * h - 63))
    let scaleL = 1 + 0.015 * pow(l - 50, 2) / sqrt(20 + pow(l - 50, 2))
    let scaleC = 1 + 0.045 * c
    let scaleH = 1 + 0.015 * c * t
    let rotation =
      -2 * sqrt(pow(c, 7) / (pow(c, 7) + pow(25, 7))) * sin(radians(60 * exp(-pow((h - 275) / 25, 2))))
    let (dl, dc, dh) = (deltaL / scaleL, deltaC / scaleC, deltaHue / scaleH)
    return sqrt(dl * dl + dc * dc + dh * dh + rotation * dc * dh)
  }

  private static func hue(_ a: Double, _ b: Double) -> Double {
    if a == 0, b == 0 { return 0 }
    let degrees = atan2(b, a) * 180 / .pi
    return degrees < 0 ? degrees + 360 : degrees
  }

  private static func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
}
