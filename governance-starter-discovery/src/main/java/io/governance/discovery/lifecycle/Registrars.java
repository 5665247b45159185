// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.governance.discovery.registration.InstanceRegistrar;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * All registries that this instance is in, each with a thread of its own, so that one
 * that hangs keeps no other from its work. Thread-safe.
 */
final class Registrars {

	private static final Log logger = LogFactory.getLog(Registrars.class);

	private final List<Member> members = new ArrayList<>();

	Registrars(List<InstanceRegistrar> registrars, Supplier<? extends Executor> threads) {
		registrars.forEach((registrar) -> this.members.add(new Member(registrar, threads.get())));
	}

	/**
	 * Takes the instance out of all of them at once.
	 * @return done when all are done, whatever came of it
	 */
	CompletableFuture<Void> takeOut() {
		return each("taken-out", InstanceRegistrar::takeOut);
	}

	/**
	 * Has nobody call it, in all of them at once.
	 * @param reason why, for people
	 * @return done when all are done, whatever came of it
	 */
	CompletableFuture<Void> outOfService(String reason) {
		return each("taken-out", (registrar) -> registrar.outOfService(reason));
	}

	CompletableFuture<Void> putBack() {
		return each("put-back", InstanceRegistrar::putBack);
	}

	/** The shortest time; {@code null} when nobody could ever find this instance. */
	@Nullable Duration sinceListed() {
		return this.members.stream()
			.map((member) -> member.registrar.sinceListed())
			.filter(Objects::nonNull)
			.min(Comparator.naturalOrder())
			.orElse(null);
	}

	private CompletableFuture<Void> each(String wanted, Consumer<InstanceRegistrar> action) {
		return CompletableFuture.allOf(this.members.stream()
			.map((member) -> CompletableFuture.runAsync(() -> action.accept(member.registrar), member.thread)
				.exceptionally((error) -> failed(member, wanted, error)))
			.toArray(CompletableFuture[]::new));
	}

	private static @Nullable Void failed(Member member, String wanted, Throwable error) {
		Throwable cause = (error.getCause() != null) ? error.getCause() : error;
		logger.warn("registry=" + member.registrar.registry() + " instance=not-" + wanted + " error=\"" + cause + "\"");
		return null;
	}

	/**
	 * Waits, but not for ever: the process must end.
	 */
	static void await(CompletableFuture<Void> work, Duration atMost) {
		try {
			work.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException ex) {
			logger.warn("instance=leaving effect=\"goes on without the answer of a registry\" waited=" + atMost);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private record Member(InstanceRegistrar registrar, Executor thread) {
	}

}
