// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.fallback;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.governance.answer.Answer;
import io.governance.schema.RuleField;
import io.governance.schema.Violation;
import org.jspecify.annotations.Nullable;

/**
 * An answer that a rule spells out.
 *
 * @param status the HTTP status; 200 by default
 * @param contentType the media type of the body; application/json by default
 * @param body the body, sent as UTF-8; empty by default
 */
public record StaticAnswer(
		@RuleField(value = "The HTTP status.", defaultValue = "200", bounds = "200 to 599") Integer status,
		@RuleField(value = "The media type of the body.", defaultValue = "application/json") String contentType,
		@RuleField(value = "The body, sent as UTF-8; empty by default.", bounds = "65,536 bytes at most") String body) {

	static final int MAX_BYTES = 65_536;

	private static final Set<Integer> BODILESS = Set.of(204, 205, 304);

	/** RFC 9110, section 8.3.1, a little less of it. */
	private static final Pattern MEDIA_TYPE = Pattern
		.compile("[\\w!#$&^.+-]{1,127}/[\\w!#$&^.+-]{1,127}(\\s*;[\\x20-\\x7e]{0,200})?");

	/**
	 * Sets the defaults.
	 * @param status the HTTP status
	 * @param contentType the media type of the body
	 * @param body the body
	 */
	public StaticAnswer(@Nullable Integer status, @Nullable String contentType, @Nullable String body) {
		this.status = (status != null) ? status : Integer.valueOf(200);
		this.contentType = (contentType != null) ? contentType : "application/json";
		this.body = (body != null) ? body : "";
	}

	List<Violation> validate() {
		List<Violation> violations = new ArrayList<>();
		if (this.status < 200 || this.status > 599) {
			violations.add(new Violation("answer.status", String.valueOf(this.status), "200 to 599"));
		}
		if (!MEDIA_TYPE.matcher(this.contentType).matches()) {
			violations
				.add(new Violation("answer.content-type", this.contentType, "a media type such as application/json"));
		}
		int bytes = this.body.getBytes(StandardCharsets.UTF_8).length;
		if (bytes > MAX_BYTES) {
			violations.add(new Violation("answer.body", bytes + " bytes", MAX_BYTES + " bytes at most"));
		}
		if (BODILESS.contains(this.status) && bytes > 0) {
			violations.add(new Violation("answer.body", bytes + " bytes", "none with status " + this.status));
		}
		return violations;
	}

	Answer answer() {
		byte[] bytes = this.body.getBytes(StandardCharsets.UTF_8);
		return new Answer(this.status,
				(bytes.length == 0) ? Map.of() : Map.of("content-type", List.of(this.contentType)), bytes);
	}

}
