// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.method;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A bean whose methods count their calls, and fail when told.
 */
@Governed("catalogue")
public class Catalogue {

	final AtomicInteger calls = new AtomicInteger();

	volatile boolean failing;

	volatile @Nullable Runnable before;

	public record Item(String id, int stock) {
	}

	private int called() {
		Runnable first = this.before;
		if (first != null) {
			first.run();
		}
		int call = this.calls.incrementAndGet();
		if (this.failing) {
			throw new IllegalStateException("failing");
		}
		return call;
	}

	public String text(Object... ids) {
		return "text " + called();
	}

	public String text(Integer id) {
		return "number " + called();
	}

	public String text(Number id) {
		return "any number " + called();
	}

	public Item item(String id) {
		return new Item(id, called());
	}

	public List<Item> items() {
		return List.of(new Item("all", called()));
	}

	public int number() {
		return called();
	}

	public @Nullable String nothing(String id) {
		called();
		return null;
	}

	public Optional<String> maybe(String id) {
		called();
		return Optional.empty();
	}

	public void effect() {
		called();
	}

	public Stream<String> stream() {
		return Stream.of("streamed " + called());
	}

	public String supplied(Supplier<String> supplier) {
		return supplier.get() + called();
	}

	public Mono<String> mono(String id) {
		return Mono.fromSupplier(() -> id + called());
	}

	public Mono<String> empty() {
		return Mono.fromRunnable(this::called);
	}

	public Mono<Void> monoEffect() {
		return Mono.fromRunnable(this::called);
	}

	public Flux<Integer> numbers(int count) {
		return Flux.defer(() -> Flux.range(called(), count));
	}

	public Flux<Item> itemStream() {
		return Flux.defer(() -> Flux.just(new Item("streamed", called())));
	}

	public CompletableFuture<String> stage(String id) {
		return CompletableFuture.completedFuture(id + called());
	}

	public Map<String, Integer> map() {
		return Map.of("calls", called());
	}

}
