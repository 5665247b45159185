// SPDX-License-Identifier: Apache-2.0

package io.governance.selection;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Instances of a service that a call may go to. Compared by identity: a rule makes each
 * of its destinations once.
 */
public final class Destination {

	private final String rule;

	private final Subset subset;

	private final HeaderChanges headers;

	private final Runnable emptied;

	/**
	 * Creates a destination.
	 * @param rule the rule it is of, as {@code type/id}
	 * @param subset the instances
	 * @param headers what becomes of the request's headers
	 * @param emptied to be run for each call that found none of these instances
	 */
	public Destination(String rule, Subset subset, HeaderChanges headers, Runnable emptied) {
		this.rule = rule;
		this.subset = subset;
		this.headers = headers;
		this.emptied = emptied;
	}

	/**
	 * The rule that it is of.
	 * @return its name, as {@code type/id}
	 */
	public String rule() {
		return this.rule;
	}

	/**
	 * The instances.
	 * @return which ones
	 */
	public Subset subset() {
		return this.subset;
	}

	/**
	 * What becomes of the request's headers.
	 * @return the changes
	 */
	public HeaderChanges headers() {
		return this.headers;
	}

	/**
	 * Counts a call that found none of these instances.
	 */
	public void countEmpty() {
		this.emptied.run();
	}

	@Override
	public String toString() {
		return this.rule + " " + this.subset.description();
	}

	/** What to do where there is no such instance. */
	public enum OnEmpty {

		/** Call any instance. */
		ANY,

		/** Reject the call. */
		FAIL,

		/** Call an instance of the default subset; reject the call if that is empty. */
		DEFAULT

	}

	/**
	 * Which instances, and which others where there are none.
	 *
	 * @param description for people, such as {@code version=2}
	 * @param selected which instances
	 * @param onEmpty what to do where there are none
	 * @param fallback the default subset; {@code null} unless it is called on
	 */
	public record Subset(String description, Predicate<Host> selected, OnEmpty onEmpty,
			@Nullable Predicate<Host> fallback) {

		/** All instances. */
		public static final Subset ALL = new Subset("", (host) -> true, OnEmpty.ANY, null);

	}

	/**
	 * What becomes of the request's headers.
	 *
	 * @param add values by name; they take the place of what is there
	 * @param remove names, in lower case
	 */
	public record HeaderChanges(Map<String, String> add, Set<String> remove) {

		/** No change. */
		public static final HeaderChanges NONE = new HeaderChanges(Map.of(), Set.of());

		/**
		 * Copies the collections.
		 */
		public HeaderChanges {
			add = Map.copyOf(add);
			remove = Set.copyOf(remove);
		}

	}

}
