// SPDX-License-Identifier: Apache-2.0

package io.governance.answer;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.governance.policy.Call;
import io.governance.policy.Direction;
import org.jspecify.annotations.Nullable;

/**
 * A call whose answer may be kept.
 */
public record KeptCall(String method, @Nullable String uri, Map<String, List<String>> values) implements Call {

	public static KeptCall get(String uri) {
		return new KeptCall("GET", uri, Map.of());
	}

	public KeptCall method(String other) {
		return new KeptCall(other, this.uri, this.values);
	}

	public KeptCall header(String name, String... content) {
		Map<String, List<String>> more = new java.util.HashMap<>(this.values);
		more.put(name.toLowerCase(Locale.ROOT), List.of(content));
		return new KeptCall(this.method, this.uri, more);
	}

	@Override
	public Direction direction() {
		return Direction.OUTBOUND;
	}

	@Override
	public String service() {
		return "inventory";
	}

	@Override
	public String path() {
		return "/items";
	}

	@Override
	public List<String> headers(String name) {
		return this.values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
	}

	@Override
	public @Nullable String header(String name) {
		return headers(name).stream().findFirst().orElse(null);
	}

	@Override
	public @Nullable String query(String name) {
		return null;
	}

}
