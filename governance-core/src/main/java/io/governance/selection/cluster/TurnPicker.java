// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.cluster;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.governance.selection.Host;
import io.governance.selection.Picker;
import org.jspecify.annotations.Nullable;

/**
 * What chooses where no rule says how: each in its turn, whatever it weighs.
 */
final class TurnPicker implements Picker {

	private final Host[] hosts;

	private final AtomicInteger turn;

	TurnPicker(List<Host> hosts) {
		this(hosts, 0);
	}

	TurnPicker(List<Host> hosts, int firstTurn) {
		this.hosts = hosts.toArray(Host[]::new);
		this.turn = new AtomicInteger(firstTurn);
	}

	@Override
	public @Nullable Host pick(@Nullable String key, Tried tried, long nowNanos) {
		int size = this.hosts.length;
		if (size == 0) {
			return null;
		}
		int start = Integer.remainderUnsigned(this.turn.getAndIncrement(), size);
		for (int i = 0; i < size; i++) {
			Host host = this.hosts[(start + i) % size];
			if (!tried.contains(host.id())) {
				return host;
			}
		}
		return this.hosts[start];
	}

}
