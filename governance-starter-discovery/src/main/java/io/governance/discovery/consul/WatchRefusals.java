// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Says once per message that the agent answers and refuses what a watch asks for. That
 * the agent does not answer at all is {@link ConsulReachability}'s to say. Belongs to one
 * watch, whose steps never overlap.
 */
final class WatchRefusals {

	private static final Log logger = LogFactory.getLog(WatchRefusals.class);

	private final String subject;

	private @Nullable String last;

	/**
	 * Creates it.
	 * @param subject what is watched, as {@code key=value}
	 */
	WatchRefusals(String subject) {
		this.subject = subject;
	}

	void failed(ConsulException error) {
		String message = String.valueOf(error.getMessage());
		if (error.noAnswer() || message.equals(this.last)) {
			return;
		}
		this.last = message;
		String action = error.refused()
				? "give governance.discovery.consul.token a token with service:read and node:read"
				: "see the agent's own log";
		logger.warn("watch=refused " + this.subject + " status=" + error.status() + " effect=\"the last list is kept, "
				+ "tried again until it is answered\" action=\"" + action + "\" error=\"" + message + "\"");
	}

	void answered() {
		if (this.last != null) {
			this.last = null;
			logger.info("watch=answered " + this.subject);
		}
	}

}
