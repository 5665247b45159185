// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.overload;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Calls done in time, by second, for several courses over the same phases, with what the
 * service could do.
 */
final class Chart {

	private static final int WIDTH = 960;

	private static final int HEIGHT = 320;

	private static final int MARGIN = 48;

	private static final List<String> COLOURS = List.of("#1a7f37", "#cf222e");

	private final List<Course> courses;

	private final int seconds;

	private final double top;

	Chart(List<Course> courses) {
		this.courses = courses;
		this.seconds = courses.get(0).phases().stream().mapToInt((phase) -> phase.result().inTime().length).sum();
		this.top = courses.stream().mapToDouble(Course::whole).max().orElseThrow() * 1.25;
	}

	String svg() {
		StringBuilder svg = new StringBuilder(("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
				+ "font-family=\"sans-serif\" font-size=\"13\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n")
			.formatted(WIDTH, HEIGHT + 20));
		axes(svg);
		line(svg, "#8c959f", "stroke-dasharray=\"6 4\"", capacity());
		for (int course = 0; course < this.courses.size(); course++) {
			line(svg, COLOURS.get(course), "", done(this.courses.get(course)));
			legend(svg, course, COLOURS.get(course), this.courses.get(course).name());
		}
		legend(svg, this.courses.size(), "#8c959f", "what it can do");
		return svg.append("</svg>\n").toString();
	}

	private void axes(StringBuilder svg) {
		int start = 0;
		for (Course.Phase phase : this.courses.get(0).phases()) {
			text(svg, x(start) + 4, MARGIN - 8, "asked for %d times".formatted(phase.times()));
			rule(svg, x(start), y(0), x(start), MARGIN - 20);
			start += phase.result().inTime().length;
		}
		rule(svg, x(0), y(0), x(this.seconds), y(0));
		for (double value = 0; value <= this.top; value += step()) {
			text(svg, 4, y(value) + 4, "%.0f/s".formatted(value));
			rule(svg, x(0) - 4, y(value), x(0), y(value));
		}
		text(svg, x(this.seconds) - 60, HEIGHT - 12, "%d s".formatted(this.seconds));
	}

	private double step() {
		double magnitude = Math.pow(10, Math.floor(Math.log10(this.top)));
		return (this.top / magnitude >= 4) ? magnitude : magnitude / 2;
	}

	private double[] capacity() {
		Course first = this.courses.get(0);
		return first.phases().stream().flatMapToDouble((phase) -> {
			int length = phase.result().inTime().length;
			return IntStream.range(0, length)
				.mapToDouble((second) -> (second < length / 2) ? first.whole() : first.half());
		}).toArray();
	}

	private static double[] done(Course course) {
		return course.phases()
			.stream()
			.flatMapToInt((phase) -> IntStream.of(phase.result().inTime()))
			.mapToDouble((count) -> count)
			.toArray();
	}

	private void line(StringBuilder svg, String colour, String style, double[] values) {
		svg.append("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" %s points=\"".formatted(colour, style));
		for (int second = 0; second < values.length; second++) {
			svg.append(String.format(Locale.ROOT, "%.0f,%.1f ", x(second + 0.5), y(values[second])));
		}
		svg.append("\"/>\n");
	}

	private static void legend(StringBuilder svg, int index, String colour, String name) {
		int left = MARGIN + 8 + index * 180;
		svg.append(
				"<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>%n".formatted(left, HEIGHT, colour));
		text(svg, left + 18, HEIGHT + 11, name);
	}

	private static void rule(StringBuilder svg, double x1, double y1, double x2, double y2) {
		svg.append(String.format(Locale.ROOT,
				"<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#8c959f\"/>%n", x1, y1, x2, y2));
	}

	private static void text(StringBuilder svg, double x, double y, String text) {
		svg.append(String.format(Locale.ROOT, "<text x=\"%.0f\" y=\"%.0f\">%s</text>%n", x, y, text));
	}

	private double x(double second) {
		return MARGIN + second * (WIDTH - 2.0 * MARGIN) / this.seconds;
	}

	private double y(double value) {
		return HEIGHT - MARGIN + 16 - value / this.top * (HEIGHT - 2.0 * MARGIN);
	}

}
