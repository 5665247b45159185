// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.governance.selection.Destination;
import org.jspecify.annotations.Nullable;

/**
 * What health details show of a followed service.
 *
 * @param service its name
 * @param state how far the list can be trusted
 * @param instances how many instances calls may go to
 * @param selection which of them are left out
 * @param age time since the registry last confirmed the list; zero while it answers
 * @param sinceMillis when the state last changed, or the list was last confirmed while
 * the registry does not answer, in milliseconds since the epoch
 * @param error why the registry does not answer, if it does not
 */
public record ServiceStatus(String service, ServiceView.State state, int instances, Selection selection, Duration age,
		long sinceMillis, @Nullable String error) {

	/**
	 * Counts the attempts that a route sent to a destination of a service. One object for
	 * as long as the rule has that destination; the count is compared by identity.
	 *
	 * @param service the called service
	 * @param rule the id of the rule
	 * @param subset the instances, such as {@code version=2}; {@code all} for all
	 * @param attempts the live count
	 */
	public record Routed(String service, String rule, String subset, LongAdder attempts) {

		static Routed of(String service, Destination destination) {
			String rule = destination.rule();
			String subset = destination.subset().description();
			return new Routed(service, rule.substring(rule.indexOf('/') + 1), subset.isEmpty() ? "all" : subset,
					new LongAdder());
		}

	}

	/**
	 * Which instances are left out.
	 *
	 * @param avoided how many are avoided now, because no connection to them could be
	 * made; they are called when there is no other
	 * @param ejected the ids of those that outlier detection found; listed also in panic
	 * @param panic whether so many are ejected, or the others are as bad, that all are
	 * called
	 * @param empty the destinations of rules that have no instance, as rule and subset
	 */
	public record Selection(int avoided, List<String> ejected, boolean panic, List<String> empty) {

		/** Nothing is left out. */
		public static final Selection NONE = new Selection(0, List.of(), false, List.of());

		/**
		 * Copies the lists.
		 */
		public Selection {
			ejected = List.copyOf(ejected);
			empty = List.copyOf(empty);
		}

	}

}
