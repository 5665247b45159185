// SPDX-License-Identifier: Apache-2.0

package io.governance.config.refresh;

import java.util.List;

import io.governance.binding.RemoteSources;
import io.governance.config.remote.LastKnownGood;
import io.governance.config.remote.RemoteConfig;
import io.governance.config.remote.RemoteConfigState;
import io.governance.config.remote.RemoteConfigStatus.Source;
import io.governance.config.remote.RemoteConfigView;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.PropertySource;

/**
 * What becomes of faulty remote rules at the start: settings stay as they were served,
 * since a part of the service has been built with them by now, and the rules are those of
 * the last-known-good file, or none.
 */
public final class RemoteRules implements RemoteSources {

	private final @Nullable RemoteConfigState state;

	/**
	 * Creates it.
	 * @param state the served set, or {@code null} if nothing is imported
	 */
	public RemoteRules(@Nullable RemoteConfigState state) {
		this.state = state;
	}

	@Override
	public boolean isRemote(PropertySource<?> source) {
		// the name that Spring Cloud Config's own client gives its sources
		return source instanceof RemoteConfigView || source.getName().startsWith("configserver:");
	}

	@Override
	public void fallBack() {
		RemoteConfigState remote = this.state;
		if (remote == null) {
			return;
		}
		RemoteConfig served = remote.config();
		boolean fromFile = remote.status().source() == Source.LAST_KNOWN_GOOD;
		LastKnownGood.Saved saved = fromFile ? null : remote.lastKnownGood().read();
		remote.swap(served.withRulesOf((saved != null) ? saved.config() : RemoteConfig.NONE),
				remote.status().withRefusal(served.revision(), List.of()));
	}

}
