// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * All path patterns of a rule set at once: finds the numbers of the patterns that match a
 * raw path, at a cost that depends on the path and on what matches, not on how many
 * patterns do not. Segments are cut at {@code ;} (path parameters removed) and
 * percent-decoded once. Immutable and thread-safe once built.
 */
public final class PathTrie {

	private static final int[] NOTHING = new int[0];

	private final Node root;

	/** Whether there are but patterns that match any path. */
	private final boolean anyPath;

	private PathTrie(Node root, boolean anyPath) {
		this.root = root;
		this.anyPath = anyPath;
	}

	/**
	 * Finds what matches.
	 * @param path the raw path, without query
	 * @return the numbers of the matching patterns, ascending; shared, not to be changed
	 */
	public int[] find(String path) {
		if (this.anyPath) {
			return this.root.open;
		}
		Found found = new Found();
		int start = (!path.isEmpty() && path.charAt(0) == '/') ? 1 : 0;
		walk(this.root, path, start, found);
		return found.sorted();
	}

	private static void walk(Node node, String path, int start, Found found) {
		found.add(node.open);
		if (start > path.length()) {
			found.add(node.closed);
			return;
		}
		int end = path.indexOf('/', start);
		end = (end < 0) ? path.length() : end;
		int cut = path.indexOf(';', start);
		cut = (cut >= 0 && cut < end) ? cut : end;
		Node literal = literal(node, path, start, cut);
		if (literal != null) {
			walk(literal, path, end + 1, found);
		}
		if (cut == start && end == path.length()) {
			found.add(node.slash);
		}
		else if (node.any != null && cut > start) {
			walk(node.any, path, end + 1, found);
		}
	}

	private static @Nullable Node literal(Node node, String path, int start, int end) {
		int percent = path.indexOf('%', start);
		if (percent < 0 || percent >= end) {
			return node.literals.get(path, start, end);
		}
		String segment = decode(path.substring(start, end));
		return (segment != null) ? node.literals.get(segment, 0, segment.length()) : null;
	}

	private static @Nullable String decode(String segment) {
		try {
			return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			// a broken escape equals no literal
			return null;
		}
	}

	/**
	 * Starts a trie.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/** Collects patterns. Not thread-safe. */
	public static final class Builder {

		private final Draft root = new Draft();

		private Builder() {
		}

		/**
		 * Adds a pattern.
		 * @param pattern the pattern
		 * @param number its number
		 * @return this builder
		 */
		public Builder add(PathPattern pattern, int number) {
			Draft draft = this.root;
			Draft parent = draft;
			for (String segment : pattern.segments()) {
				parent = draft;
				draft = draft.child(segment);
			}
			(pattern.isOpen() ? draft.open : draft.closed).add(number);
			if (pattern.endsWithWildcard()) {
				parent.slash.add(number);
			}
			return this;
		}

		/**
		 * Builds the trie.
		 * @return the trie
		 */
		public PathTrie build() {
			return new PathTrie(this.root.freeze(), this.root.isLeaf());
		}

	}

	private static final class Draft {

		private final Map<String, Draft> literals = new HashMap<>();

		private @Nullable Draft any;

		private final List<Integer> open = new ArrayList<>();

		private final List<Integer> closed = new ArrayList<>();

		/** Patterns that end with a wildcard below: it may be empty, as in Spring. */
		private final List<Integer> slash = new ArrayList<>();

		Draft child(String segment) {
			if (!PathPattern.isVariable(segment)) {
				return this.literals.computeIfAbsent(segment, (key) -> new Draft());
			}
			if (this.any == null) {
				this.any = new Draft();
			}
			return this.any;
		}

		boolean isLeaf() {
			return this.literals.isEmpty() && this.any == null && this.closed.isEmpty() && this.slash.isEmpty();
		}

		Node freeze() {
			Map<String, Node> frozen = new HashMap<>();
			this.literals.forEach((segment, draft) -> frozen.put(segment, draft.freeze()));
			return new Node(new SegmentTable<>(frozen), (this.any != null) ? this.any.freeze() : null,
					numbers(this.open), numbers(this.closed), numbers(this.slash));
		}

		private static int[] numbers(List<Integer> list) {
			return list.isEmpty() ? NOTHING : list.stream().mapToInt(Integer::intValue).sorted().toArray();
		}

	}

	private record Node(SegmentTable<Node> literals, @Nullable Node any, int[] open, int[] closed, int[] slash) {
	}

	/** Collects numbers; with one source, which is the rule, nothing is copied. */
	private static final class Found {

		private int[] numbers = NOTHING;

		private int size;

		private boolean shared = true;

		void add(int[] more) {
			if (more.length == 0) {
				return;
			}
			if (this.size == 0) {
				this.numbers = more;
				this.size = more.length;
				return;
			}
			int[] joined = Arrays.copyOf(this.numbers, this.size + more.length);
			System.arraycopy(more, 0, joined, this.size, more.length);
			this.numbers = joined;
			this.size = joined.length;
			this.shared = false;
		}

		int[] sorted() {
			if (!this.shared) {
				Arrays.sort(this.numbers);
			}
			return this.numbers;
		}

	}

}
