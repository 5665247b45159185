// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.mirror;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.governance.discovery.Instance;
import io.governance.discovery.InstanceSelector;
import io.governance.discovery.SelectedInstance;
import io.governance.policy.Call;
import io.governance.selection.Copy;
import io.governance.selection.Copy.Loss;
import org.jspecify.annotations.Nullable;

/**
 * Sends copies of calls, and forgets their answers. The caller's thread does no more than
 * choose the instance; what takes time waits nowhere. How many are under way is bounded
 * by the rules. Thread-safe.
 */
public final class Mirror {

	private final InstanceSelector selector;

	private final CopyRequests requests;

	private final CopyConnections connections;

	private final MirrorSettings settings;

	private final Executor executor;

	/**
	 * Creates it; nothing is opened before the first copy.
	 * @param selector chooses the instances
	 * @param caller this process's own service
	 * @param settings how copies are sent
	 * @param executor runs short tasks
	 */
	public Mirror(InstanceSelector selector, String caller, MirrorSettings settings, Executor executor) {
		this.selector = selector;
		this.settings = settings;
		this.executor = executor;
		this.requests = new CopyRequests(caller, settings.timeout());
		this.connections = new CopyConnections(settings, executor);
	}

	/**
	 * Begins to copy a call.
	 * @param selected the instance of an attempt, which has the copies
	 * @param call the call
	 * @param request its request
	 * @return to be shown the body; {@code null} where nothing is copied, as for most
	 * calls
	 */
	public @Nullable Mirroring begin(SelectedInstance selected, Call call, Source request) {
		List<Copy> copies = selected.takeCopies();
		if (copies.isEmpty()) {
			return null;
		}
		MirroredRequest mirrored = request.get();
		return new Mirroring(mirrored, copies, (copy, body) -> choose(copy, call, mirrored, body));
	}

	private void choose(Copy copy, Call call, MirroredRequest request, byte[] body) {
		try {
			this.selector.selectCopy(copy, call).whenComplete((instance, error) -> {
				if (instance == null) {
					copy.lost(Loss.NO_INSTANCE);
				}
				else {
					later(copy, () -> send(copy, instance, request, body));
				}
			});
		}
		catch (RuntimeException ex) {
			copy.lost(Loss.FAILED);
		}
	}

	private void later(Copy copy, Runnable task) {
		try {
			this.executor.execute(task);
		}
		catch (RejectedExecutionException ex) {
			// the application is stopping
			copy.lost(Loss.FAILED);
		}
	}

	private void send(Copy copy, Instance instance, MirroredRequest request, byte[] body) {
		try {
			CompletableFuture<HttpResponse<Void>> exchange = this.connections.client()
				.sendAsync(this.requests.of(copy, instance, request, body), HttpResponse.BodyHandlers.discarding());
			exchange.copy()
				.orTimeout(this.settings.timeout().toNanos(), TimeUnit.NANOSECONDS)
				.whenComplete((response, error) -> {
					if (error != null) {
						exchange.cancel(true);
						copy.lost(Loss.FAILED);
					}
					else {
						copy.release();
					}
				});
		}
		catch (RuntimeException ex) {
			copy.lost(Loss.FAILED);
		}
	}

	/** Gives a request, where it is to be copied. */
	@FunctionalInterface
	public interface Source {

		/**
		 * The request.
		 * @return the request, as it is now
		 */
		MirroredRequest get();

	}

}
