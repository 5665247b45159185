// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.governance.selection.Destination;
import io.governance.selection.cluster.Cluster;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Says each change of what an operator should know of a called service, once. Used by one
 * thread at a time.
 */
final class ClusterChanges {

	private static final Log logger = LogFactory.getLog(ClusterChanges.class);

	private final String service;

	private final Cluster cluster;

	private boolean panic;

	private Set<String> empty = Set.of();

	ClusterChanges(String service, Cluster cluster) {
		this.service = service;
		this.cluster = cluster;
	}

	void say() {
		sayPanic(this.cluster.isInPanic());
		if (!this.cluster.hosts().isEmpty()) {
			sayEmpty(this.cluster.emptyDestinations());
		}
	}

	private void sayPanic(boolean now) {
		if (now == this.panic) {
			return;
		}
		this.panic = now;
		String line = "service=" + this.service + " instances=" + this.cluster.hosts().size() + " ejected="
				+ this.cluster.ejected().size();
		if (now) {
			logger
				.warn(line + " state=PANIC effect=\"too many are ejected, or the others are as bad: all are called\"");
		}
		else {
			logger.info(line + " state=CALM effect=\"ejected instances are left out again\"");
		}
	}

	private void sayEmpty(List<Destination> destinations) {
		Set<String> now = new HashSet<>();
		for (Destination destination : destinations) {
			now.add(destination.toString());
			if (!this.empty.contains(destination.toString())) {
				logger.warn("service=" + this.service + " rule=" + destination.rule() + " subset=\""
						+ destination.subset().description() + "\" state=EMPTY on-empty="
						+ destination.subset().onEmpty());
			}
		}
		this.empty.stream()
			.filter((before) -> !now.contains(before))
			.forEach((before) -> logger
				.info("service=" + this.service + " destination=\"" + before + "\" state=FILLED_OR_GONE"));
		this.empty = now;
	}

}
