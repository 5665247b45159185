// SPDX-License-Identifier: Apache-2.0

package io.governance.policy;

import io.governance.policy.Call.Priority;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A call that a test spells out.
 */
public final class FakeCall implements Call {

	private final Direction direction;

	private final String service;

	private String method = "GET";

	private String path = "/";

	private final Map<String, String> values = new HashMap<>();

	private FakeCall(Direction direction, String service) {
		this.direction = direction;
		this.service = service;
	}

	public static FakeCall to(String service) {
		return new FakeCall(Direction.OUTBOUND, service);
	}

	public static FakeCall at(String service) {
		return new FakeCall(Direction.INBOUND, service);
	}

	public FakeCall method(String method) {
		this.method = method;
		return this;
	}

	public FakeCall path(String path) {
		this.path = path;
		return this;
	}

	public FakeCall host(String host) {
		return with("host", host);
	}

	public FakeCall header(String name, String value) {
		return with("header:" + name.toLowerCase(Locale.ROOT), value);
	}

	public FakeCall query(String name, String value) {
		return with("query:" + name, value);
	}

	public FakeCall cookie(String name, String value) {
		return with("cookie:" + name, value);
	}

	public FakeCall label(String name, String value) {
		return with("label:" + name, value);
	}

	public FakeCall caller(String caller) {
		return with("caller", caller);
	}

	public FakeCall principal(String principal) {
		return with("principal", principal);
	}

	public FakeCall priority(Priority priority) {
		return with("priority", priority.name());
	}

	public FakeCall clientIp(String address) {
		return with("client-ip", address);
	}

	public FakeCall local() {
		return with("local", "true");
	}

	private FakeCall with(String name, String value) {
		this.values.put(name, value);
		return this;
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
	public @Nullable String host() {
		return this.values.get("host");
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
	public @Nullable String cookie(String name) {
		return this.values.get("cookie:" + name);
	}

	@Override
	public @Nullable String caller() {
		return this.values.get("caller");
	}

	@Override
	public @Nullable String principal() {
		return this.values.get("principal");
	}

	@Override
	public Priority priority() {
		return Priority.valueOf(this.values.getOrDefault("priority", Priority.DEFAULT.name()));
	}

	@Override
	public @Nullable String clientIp() {
		return this.values.get("client-ip");
	}

	@Override
	public @Nullable String label(String name) {
		return this.values.get("label:" + name);
	}

	@Override
	public boolean isLocal() {
		return this.values.containsKey("local");
	}

}
