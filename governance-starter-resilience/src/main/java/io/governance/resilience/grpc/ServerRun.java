// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.util.List;

import io.governance.policy.Decision.Quota;
import io.governance.rejection.QuotaHeaders;
import io.governance.resilience.inbound.InboundRun;
import io.grpc.Context;
import io.grpc.Metadata;

/**
 * A call on its way through both interceptors: its run, and what its answer is to say.
 * Thread-safe.
 */
final class ServerRun {

	/** Under which gRPC's context has it. */
	static final Context.Key<ServerRun> KEY = Context.key("governance.server-run");

	private final InboundRun run;

	private Metadata told = new Metadata();

	private boolean rejected;

	ServerRun(InboundRun run) {
		this.run = run;
	}

	InboundRun run() {
		return this.run;
	}

	/**
	 * Has the answer tell of quotas.
	 */
	synchronized void tell(List<Quota> quotas) {
		QuotaHeaders.write(quotas, (name, value) -> MetadataHeaders.add(this.told, name, value));
	}

	/**
	 * Has the answer tell of a quota that is used up, and of no other.
	 */
	synchronized void replaceQuotas(Quota quota) {
		this.told = new Metadata();
		tell(List.of(quota));
	}

	/**
	 * Says that the answer to come is a rejection: only that may promise that no work was
	 * done.
	 */
	synchronized void reject() {
		this.rejected = true;
	}

	synchronized boolean isRejected() {
		return this.rejected;
	}

	/**
	 * Adds what is to be told, once.
	 */
	synchronized void writeTo(Metadata metadata) {
		metadata.merge(this.told);
		this.told = new Metadata();
	}

}
