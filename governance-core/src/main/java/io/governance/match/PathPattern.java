// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A path pattern: segments that are literal, {@code {name}} or {@code *} (one segment
 * each, not empty but for a {@code *} at the end), and {@code **} as the last one (any
 * number of segments, none included). No regular expressions. Matches as Spring's
 * {@code PathPattern} does for this syntax. Patterns are compared by how specific they
 * are: more literal segments first, then without {@code **}, then longer, since what
 * comes before {@code **} only narrows.
 */
public final class PathPattern implements Comparable<PathPattern> {

	/** Matches every path. */
	public static final PathPattern ANY = new PathPattern("/**");

	private final List<String> segments;

	private final boolean open;

	private PathPattern(String pattern) {
		String[] parts = pattern.substring(1).split("/", -1);
		this.open = "**".equals(parts[parts.length - 1]);
		this.segments = List.of(parts).subList(0, parts.length - ((this.open) ? 1 : 0));
	}

	/**
	 * Parses a pattern.
	 * @param pattern the pattern, or {@code null} for every path
	 * @return the parsed pattern
	 * @throws IllegalArgumentException if the pattern is not valid
	 */
	public static PathPattern parse(@Nullable String pattern) {
		if (pattern == null) {
			return ANY;
		}
		String fault = fault(pattern);
		if (fault != null) {
			throw new IllegalArgumentException("path: " + pattern + " (expected: " + fault + ")");
		}
		return new PathPattern(pattern);
	}

	static @Nullable String fault(String pattern) {
		if (!pattern.startsWith("/")) {
			return "a path pattern that starts with /";
		}
		if (pattern.indexOf('?') >= 0 || pattern.indexOf(';') >= 0 || pattern.indexOf('%') >= 0) {
			return "a decoded path pattern without ?, ; and %";
		}
		String[] parts = pattern.substring(1).split("/", -1);
		for (int i = 0; i < parts.length; i++) {
			String fault = fault(parts[i], i == parts.length - 1);
			if (fault != null) {
				return fault;
			}
		}
		return null;
	}

	private static @Nullable String fault(String segment, boolean last) {
		if (segment.isEmpty() && !last) {
			return "a path pattern without empty segments";
		}
		if ("**".equals(segment)) {
			return last ? null : "** only as the last segment";
		}
		boolean variable = isVariable(segment);
		if (!variable && (segment.indexOf('*') >= 0 || segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0)) {
			return "*, {name} or a literal as a whole segment";
		}
		return null;
	}

	static boolean isVariable(String segment) {
		return "*".equals(segment)
				|| (segment.length() > 2 && segment.charAt(0) == '{' && segment.indexOf('}') == segment.length() - 1
						&& segment.indexOf(':') < 0 && segment.indexOf('*') < 0);
	}

	List<String> segments() {
		return this.segments;
	}

	boolean endsWithWildcard() {
		return !this.open && !this.segments.isEmpty() && "*".equals(this.segments.get(this.segments.size() - 1));
	}

	boolean isOpen() {
		return this.open;
	}

	private int literals() {
		return (int) this.segments.stream().filter((segment) -> !isVariable(segment)).count();
	}

	@Override
	public int compareTo(PathPattern other) {
		int byLiterals = Integer.compare(other.literals(), literals());
		if (byLiterals != 0) {
			return byLiterals;
		}
		int byOpenness = Boolean.compare(this.open, other.open);
		return (byOpenness != 0) ? byOpenness : Integer.compare(other.segments.size(), this.segments.size());
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof PathPattern that && this.open == that.open && this.segments.equals(that.segments);
	}

	@Override
	public int hashCode() {
		return this.segments.hashCode() * 31 + Boolean.hashCode(this.open);
	}

	@Override
	public String toString() {
		return "/" + String.join("/", this.segments) + (this.open ? (this.segments.isEmpty() ? "**" : "/**") : "");
	}

}
