// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.kv;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.governance.embeddedconsul.ManualTime;
import io.governance.embeddedconsul.store.BlockingQuery;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

class KeyValuesPropertyTests {

	private static final List<String> PREFIXES = List.of("", "a", "a/", "a/b", "b");

	@Property
	void aWatchWakesExactlyWhenItsPartOfAPlainMapChanges(@ForAll("steps") List<Step> steps) {
		AtomicLong indexes = new AtomicLong(1);
		KeyValues keyValues = new KeyValues(KeyValueState.EMPTY, new ManualTime(), indexes::incrementAndGet);
		Map<String, String> model = new TreeMap<>();
		for (Step step : steps) {
			for (String prefix : PREFIXES) {
				KeyValues copy = new KeyValues(keyValues.store().state(), new ManualTime(), indexes::incrementAndGet);
				assertWatchIsExact(copy, new TreeMap<>(model), prefix, step);
			}
			step.apply(keyValues);
			step.apply(model);
			assertThat(keyValues.store().state().entries().keySet()).isEqualTo(model.keySet());
		}
	}

	private static void assertWatchIsExact(KeyValues keyValues, Map<String, String> model, String prefix, Step step) {
		long index = KeyValueState.prefix(prefix).index(keyValues.store().state());
		CompletableFuture<KeyValueState> blocked = keyValues.store()
			.await(new BlockingQuery(index, Long.MAX_VALUE / 2), KeyValueState.prefix(prefix));
		Map<String, String> before = under(model, prefix);
		step.apply(keyValues);
		step.apply(model);
		assertThat(blocked.isDone()).as("%s under '%s'", step, prefix).isEqualTo(!before.equals(under(model, prefix)));
		assertThat(KeyValueState.prefix(prefix).index(keyValues.store().state())).isGreaterThanOrEqualTo(index);
	}

	private static Map<String, String> under(Map<String, String> model, String prefix) {
		Map<String, String> under = new TreeMap<>(model);
		under.keySet().removeIf((key) -> !key.startsWith(prefix));
		return under;
	}

	@Provide
	Arbitrary<List<Step>> steps() {
		Arbitrary<String> keys = Arbitraries.of("a", "a/b", "a/b/c", "ab", "b", "b/a");
		Arbitrary<String> values = Arbitraries.of("MQ==", "Mg==", "delete", "delete under");
		return Combinators.combine(keys, values).as(Step::new).list().ofMaxSize(30);
	}

	record Step(String key, String value) {

		void apply(KeyValues keyValues) {
			switch (this.value) {
				case "delete" -> keyValues.delete(this.key, KeyValues.ANY);
				case "delete under" -> keyValues.deleteUnder(this.key);
				default -> keyValues.put(this.key, this.value, 0, KeyValues.ANY);
			}
		}

		void apply(Map<String, String> model) {
			switch (this.value) {
				case "delete" -> model.remove(this.key);
				case "delete under" -> model.keySet().removeIf((each) -> each.startsWith(this.key));
				default -> model.put(this.key, this.value);
			}
		}

	}

}
