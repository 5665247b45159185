// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.kv;

import java.util.concurrent.atomic.AtomicLong;

import io.governance.embeddedconsul.ManualTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeyValuesTests {

	private final AtomicLong indexes = new AtomicLong();

	private final KeyValues keyValues = new KeyValues(KeyValueState.EMPTY, new ManualTime(),
			this.indexes::incrementAndGet);

	@Test
	void aPrefixEndsWhereItsKeysEnd() {
		put("dir/a");
		put("dir0");
		put("dir.");
		assertThat(state().under("dir/")).extracting(KeyValue::key).containsExactly("dir/a");
		assertThat(state().under("dir")).extracting(KeyValue::key).containsExactly("dir.", "dir/a", "dir0");
	}

	@Test
	void theIndexOfAPrefixNeverFalls() {
		put("dir/a");
		put("dir/b");
		long before = prefixIndex("dir/");
		this.keyValues.delete("dir/b", KeyValues.ANY);
		assertThat(prefixIndex("dir/")).isGreaterThan(before);
		put("other");
		assertThat(prefixIndex("dir/")).isLessThan(this.indexes.get());
	}

	@Test
	void deletionsAreForgottenWithoutTheIndexFalling() {
		put("dir/key");
		this.keyValues.delete("dir/key", KeyValues.ANY);
		long index = prefixIndex("dir/");
		for (int i = 0; i < 2000; i++) {
			put("passing/" + i);
			this.keyValues.delete("passing/" + i, KeyValues.ANY);
		}
		assertThat(state().deleted()).hasSizeLessThanOrEqualTo(1000);
		assertThat(prefixIndex("dir/")).isGreaterThanOrEqualTo(index);
	}

	@Test
	void whatChangesNothingUsesNoIndex() {
		put("key");
		long index = this.indexes.get();
		put("key");
		this.keyValues.delete("none", KeyValues.ANY);
		this.keyValues.deleteUnder("none/");
		this.keyValues.put("key", "other", 0, 77);
		assertThat(this.indexes).hasValue(index);
	}

	private void put(String key) {
		this.keyValues.put(key, "dg==", 0, KeyValues.ANY);
	}

	private long prefixIndex(String prefix) {
		return KeyValueState.prefix(prefix).index(state());
	}

	private KeyValueState state() {
		return this.keyValues.store().state();
	}

}
