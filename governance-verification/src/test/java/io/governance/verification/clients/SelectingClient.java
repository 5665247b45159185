// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

import io.governance.context.CallContext;
import io.governance.policy.Call.Priority;
import io.governance.policy.CallRejectedException;
import io.governance.test.contract.BalancedContract;
import io.governance.test.contract.OutboundClient;
import io.governance.test.contract.OutboundClient.Answer;
import io.governance.test.contract.SelectionClient;

/**
 * A client in an application with the whole suite, as the contract of selection calls it.
 */
record SelectingClient(BalancedContract.Application application, OutboundClient client) implements SelectionClient {

	static SelectionClient start(Function<List<String>, BalancedContract.Application> starter,
			List<String> properties) {
		List<String> all = new ArrayList<>(properties);
		all.addAll(List.of("spring.application.name=shop", "governance.discovery.view.first-list-timeout=300ms",
				"governance.rules.retry.default.enforcement=OFF",
				"governance.rules.timeout.short.match.service=inventory",
				"governance.rules.timeout.short.per-try=" + TIMEOUT.toMillis() + "ms"));
		BalancedContract.Application application = starter.apply(all);
		return new SelectingClient(application, application.client("inventory"));
	}

	@Override
	@SuppressWarnings("try")
	public Answer get(Map<String, String> headers, Map<String, String> labels) {
		OutboundClient.Request request = new OutboundClient.Request("GET", "/", headers, null, false);
		try (CallContext.Scope scope = new CallContext(null, 1, labels, null, Priority.DEFAULT).makeCurrent()) {
			return this.client.send(request);
		}
		catch (CallRejectedException ex) {
			return new Answer(ex.rejection().reason().status(), null, null);
		}
		catch (RuntimeException ex) {
			// each client has exceptions of its own for a call that failed
			return new Answer(502, null, null);
		}
	}

	@Override
	public void giveUp(Runnable underWay) {
		CountDownLatch ended = new CountDownLatch(1);
		Thread caller = new Thread(() -> {
			get(Map.of(), Map.of());
			ended.countDown();
		}, "caller");
		caller.start();
		underWay.run();
		caller.interrupt();
		try {
			ended.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.application.close();
	}

}
