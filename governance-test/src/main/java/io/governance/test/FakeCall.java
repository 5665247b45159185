// SPDX-License-Identifier: Apache-2.0

package io.governance.test;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import io.governance.policy.Call;
import io.governance.policy.Direction;
import io.governance.policy.Call.Priority;
import org.jspecify.annotations.Nullable;

/**
 * A call that a test spells out. Immutable.
 */
public final class FakeCall implements Call {

	private final Direction direction;

	private final String service;

	private final String method;

	private final String path;

	private final Map<String, String> values;

	private FakeCall(Direction direction, String service, String method, String path, Map<String, String> values) {
		this.direction = direction;
		this.service = service;
		this.method = method;
		this.path = path;
		this.values = Map.copyOf(values);
	}

	/**
	 * An outbound {@code GET /}.
	 * @param service the called service
	 * @return the call
	 */
	public static FakeCall to(String service) {
		return new FakeCall(Direction.OUTBOUND, service, "GET", "/", Map.of());
	}

	/**
	 * An inbound {@code GET /}.
	 * @param service the called service
	 * @return the call
	 */
	public static FakeCall at(String service) {
		return new FakeCall(Direction.INBOUND, service, "GET", "/", Map.of());
	}

	/**
	 * The same call of something else.
	 * @param otherMethod the HTTP method
	 * @param otherPath the raw path
	 * @return the call
	 */
	public FakeCall request(String otherMethod, String otherPath) {
		return new FakeCall(this.direction, this.service, otherMethod, otherPath, this.values);
	}

	/**
	 * The same call with a header.
	 * @param name its name, in any case
	 * @param value its value
	 * @return the call
	 */
	public FakeCall header(String name, String value) {
		return with("header:" + name.toLowerCase(Locale.ROOT), value);
	}

	/**
	 * The same call with a query parameter.
	 * @param name its name
	 * @param value its value
	 * @return the call
	 */
	public FakeCall query(String name, String value) {
		return with("query:" + name, value);
	}

	/**
	 * The same call with a label.
	 * @param name its name
	 * @param value its value
	 * @return the call
	 */
	public FakeCall label(String name, String value) {
		return with("label:" + name, value);
	}

	/**
	 * The same call from another service.
	 * @param caller the calling service
	 * @return the call
	 */
	public FakeCall caller(String caller) {
		return with("caller", caller);
	}

	/**
	 * The same call of an authenticated principal.
	 * @param principal the principal's name
	 * @return the call
	 */
	public FakeCall principal(String principal) {
		return with("principal", principal);
	}

	/**
	 * The same call of another priority.
	 * @param priority how much it matters
	 * @return the call
	 */
	public FakeCall priority(Priority priority) {
		return with("priority", priority.name());
	}

	private FakeCall with(String name, String value) {
		Map<String, String> more = new HashMap<>(this.values);
		more.put(name, value);
		return new FakeCall(this.direction, this.service, this.method, this.path, more);
	}

	@Override
	public Direction direction() {
		return this.direction;
	}

	@Override
	public String service() {
		return this.service;
	}

	@Override
	public String method() {
		return this.method;
	}

	@Override
	public String path() {
		return this.path;
	}

	@Override
	public @Nullable String header(String name) {
		return this.values.get("header:" + name.toLowerCase(Locale.ROOT));
	}

	@Override
	public @Nullable String query(String name) {
		return this.values.get("query:" + name);
	}

	@Override
	public @Nullable String label(String name) {
		return this.values.get("label:" + name);
	}

	@Override
	public @Nullable String caller() {
		return this.values.get("caller");
	}

	@Override
	public Priority priority() {
		return Priority.valueOf(this.values.getOrDefault("priority", Priority.DEFAULT.name()));
	}

	@Override
	public @Nullable String principal() {
		return this.values.get("principal");
	}

}
