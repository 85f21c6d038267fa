package dev.confab.loadtests.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** Lines over two axes, as SVG. */
final class Chart {
  private static final double WIDTH = 760;
  private static final double HEIGHT = 420;
  private static final double LEFT = 70;
  private static final double RIGHT = 20;
  private static final double TOP = 40;
  private static final double BOTTOM = 55;
  private static final double LEGEND_LINE = 16;
  private static final int TICKS = 6;
  private static final List<String> COLOURS =
      List.of("#1f6fb2", "#d1622b", "#3a8f4d", "#8a55a8", "#b23a48", "#5d6d7e");

  private final String title;
  private final Axis x;
  private final Axis y;
  private final List<Line> lines = new ArrayList<>();

  Chart(String title, Axis x, Axis y) {
    this.title = title;
    this.x = x;
    this.y = y;
  }

  record Point(double x, double y) {}

  /**
   * An axis from {@code ticks.getFirst()} to {@code ticks.getLast()}.
   *
   * @param place of a value, in any unit that grows with it
   */
  record Axis(String label, List<Double> ticks, DoubleUnaryOperator place) {

    /** From 0 to a round number not below this one. */
    static Axis linear(String label, double highest) {
      double end = Math.max(highest, 1e-3);
      double step = step(end / TICKS);
      List<Double> ticks = new ArrayList<>();
      for (int i = 0; i == 0 || ticks.getLast() < end; i++) {
        ticks.add(i * step);
      }
      return new Axis(label, ticks, value -> value);
    }

    /** Percentiles, each further nine as far away as the one before it. */
    static Axis percentiles(String label) {
      return new Axis(
          label,
          List.of(0.0, 90.0, 99.0, 99.9, 99.99),
          value -> -Math.log10(1 - Math.min(value, 99.99) / 100));
    }

    /** 1, 2 or 5 times a power of ten, not below a number. */
    static double step(double atLeast) {
      double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
      for (double digit : new double[] {1, 2, 5}) {
        if (digit * power >= atLeast) {
          return digit * power;
        }
      }
      return 10 * power;
    }

    /** Where a value is, from 0 to 1. */
    double at(double value) {
      double low = place.applyAsDouble(ticks.getFirst());
      double high = place.applyAsDouble(ticks.getLast());
      return Math.clamp((place.applyAsDouble(value) - low) / (high - low), 0, 1);
    }
  }

  private record Line(String name, List<Point> points, boolean marked) {}

  /** Adds a line through points, which are marked if wanted. */
  Chart line(String name, List<Point> points, boolean marked) {
    lines.add(new Line(name, List.copyOf(points), marked));
    return this;
  }

  /** The whole document. */
  String svg() {
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\""
            + " font-family=\"sans-serif\" font-size=\"12\">",
        WIDTH,
        HEIGHT);
    add(svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>");
    text(svg, WIDTH / 2, 22, "middle", title);
    axes(svg);
    for (int i = 0; i < lines.size(); i++) {
      draw(svg, lines.get(i), COLOURS.get(i % COLOURS.size()), i);
    }
    return svg.append("</svg>\n").toString();
  }

  private static double px(double part) {
    return LEFT + part * (WIDTH - LEFT - RIGHT);
  }

  private static double py(double part) {
    return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM);
  }

  private void axes(StringBuilder svg) {
    for (double tick : x.ticks()) {
      double at = px(x.at(tick));
      rule(svg, at, py(0), at, py(1));
      text(svg, at, py(0) + 16, "middle", number(tick));
    }
    for (double tick : y.ticks()) {
      double at = py(y.at(tick));
      rule(svg, px(0), at, px(1), at);
      text(svg, LEFT - 6, at + 4, "end", number(tick));
    }
    text(svg, px(0.5), HEIGHT - 14, "middle", x.label());
    add(
        svg,
        "<text transform=\"translate(16 %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>",
        py(0.5),
        escaped(y.label()));
  }

  private void draw(StringBuilder svg, Line line, String colour, int index) {
    StringBuilder points = new StringBuilder();
    for (Point point : line.points()) {
      String at =
          String.format(Locale.ROOT, "%.1f,%.1f ", px(x.at(point.x())), py(y.at(point.y())));
      points.append(at);
    }
    add(
        svg,
        "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" points=\"%s\"/>",
        colour,
        points.toString().strip());
    if (line.marked()) {
      for (Point point : line.points()) {
        add(
            svg,
            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>",
            px(x.at(point.x())),
            py(y.at(point.y())),
            colour);
      }
    }
    double top = TOP + 14 + index * LEGEND_LINE;
    add(
        svg,
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"12\" height=\"3\" fill=\"%s\"/>",
        LEFT + 12,
        top - 5,
        colour);
    text(svg, LEFT + 30, top, "start", line.name());
  }

  private static void rule(StringBuilder svg, double x1, double y1, double x2, double y2) {
    add(
        svg,
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>",
        x1,
        y1,
        x2,
        y2);
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String words) {
    add(
        svg,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
        x,
        y,
        anchor,
        escaped(words));
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.replaceAll("\\.?0+$", "");
  }

  private static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
