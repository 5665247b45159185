// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.catalog;

/**
 * A check in the catalog.
 *
 * @param definition what was registered
 * @param status the status now
 * @param output the last report's text, as the agent shows it
 * @param publishedOutput the text at the last change of status, as the catalog shows it
 * @param createIndex index of its registration
 * @param modifyIndex index of its last change of status
 * @param deadline monotonic time when a TTL check expires
 * @param criticalSince monotonic time since when it is critical; only looked at while it
 * is
 */
public record RegisteredCheck(CheckDefinition definition, CheckStatus status, String output, String publishedOutput,
		long createIndex, long modifyIndex, long deadline, long criticalSince) {

	private static final String EXPIRED = "TTL expired";

	static RegisteredCheck first(CheckDefinition definition, long index, long now) {
		return new RegisteredCheck(definition, definition.initialStatus(), "", "", index, index,
				deadline(definition, now), now);
	}

	RegisteredCheck redefined(CheckDefinition next, long index, long now) {
		return new RegisteredCheck(next, this.status, this.output, this.publishedOutput, this.createIndex, index,
				deadline(next, now), this.criticalSince);
	}

	RegisteredCheck refreshed(String output, long now) {
		return new RegisteredCheck(this.definition, this.status, output, this.publishedOutput, this.createIndex,
				this.modifyIndex, deadline(this.definition, now), this.criticalSince);
	}

	RegisteredCheck reported(CheckStatus next, String output, long index, long now) {
		return new RegisteredCheck(this.definition, next, output, output, this.createIndex, index,
				deadline(this.definition, now), now);
	}

	boolean expired(long now) {
		return this.definition.isTtl() && now - this.deadline >= 0
				&& !(this.status == CheckStatus.CRITICAL && this.output.startsWith(EXPIRED));
	}

	String expiredOutput() {
		return this.output.isEmpty() ? EXPIRED : EXPIRED + " (last output before timeout follows): " + this.output;
	}

	boolean reapable(long now) {
		return this.definition.deregisterAfter() != null && this.status == CheckStatus.CRITICAL
				&& now - this.criticalSince >= this.definition.deregisterAfter().toNanos();
	}

	private static long deadline(CheckDefinition definition, long now) {
		return (definition.ttl() != null) ? now + definition.ttl().toNanos() : now;
	}

}
