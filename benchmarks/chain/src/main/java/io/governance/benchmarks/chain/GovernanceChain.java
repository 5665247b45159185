// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.chain;

import java.io.IOException;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.governance.context.CallContext;
import io.governance.resilience.execution.Attempt;
import io.governance.resilience.execution.BlockingCallExecutor;
import io.governance.resilience.execution.BlockingExchange;
import io.governance.resilience.execution.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * Our chain, as our blocking clients run it.
 */
final class GovernanceChain implements Chain, BlockingExchange<Response> {

	private static final Function<String, @Nullable String> NO_HEADERS = (name) -> null;

	private final BlockingCallExecutor executor;

	private final Upstream upstream;

	private final boolean writing;

	private volatile String written = "";

	private final BiConsumer<String, String> wire = (name, value) -> this.written = value;

	GovernanceChain(Application application, boolean writing) {
		this.writing = writing;
		this.executor = new BlockingCallExecutor(application.execution());
		this.upstream = application.upstream();
	}

	@Override
	public Response call() throws IOException {
		return this.executor.execute(this.upstream.call(), CallContext.current(), this);
	}

	@Override
	public Response send(Attempt attempt) {
		if (this.writing) {
			attempt.writeHeaders(this.wire);
		}
		return this.upstream.send(attempt.tried());
	}

	@Override
	public Response answer(int status, String rule) {
		return new Response(status);
	}

	@Override
	public ResponseHead head(Response response) {
		return ResponseHead.of(response.status(), NO_HEADERS);
	}

	@Override
	public boolean isRepeatable() {
		return true;
	}

	@Override
	public void discard(Response response, long boundNanos) {
		// it holds nothing
	}

}
