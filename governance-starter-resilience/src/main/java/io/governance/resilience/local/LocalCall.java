// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.local;

import io.governance.context.CallContext;
import io.governance.context.LabelSource;
import io.governance.policy.Call;
import io.governance.policy.Direction;
import org.jspecify.annotations.Nullable;

/**
 * Work of this process, as its rules see it.
 *
 * @param work which work
 * @param caller this process's own service
 * @param context what it is done on behalf of
 * @param labels gives the labels of the current call
 */
record LocalCall(LocalWork work, String caller, CallContext context, LabelSource labels) implements Call {

	/** Not an HTTP method: rules for one of those are not meant. */
	private static final String METHOD = "CALL";

	@Override
	public Direction direction() {
		return Direction.OUTBOUND;
	}

	@Override
	public String service() {
		return this.work.service();
	}

	@Override
	public String method() {
		return METHOD;
	}

	@Override
	public String path() {
		return "/" + this.work.operation();
	}

	@Override
	public @Nullable String header(String name) {
		return null;
	}

	@Override
	public @Nullable String query(String name) {
		return null;
	}

	@Override
	public Priority priority() {
		return this.context.priority();
	}

	@Override
	public @Nullable String label(String name) {
		String label = this.context.labels().get(name);
		return (label != null) ? label : this.labels.label(name);
	}

	@Override
	public boolean isLocal() {
		return true;
	}

}
