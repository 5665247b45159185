// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.watch;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.server.ResponseStatusException;

/**
 * {@code GET /governance/watch/{application}/{profile}[/{label}]?revision=R&wait=30s}:
 * answers 200 with the revision as soon as it is not R, and 304 when the wait is over.
 */
@RestController
final class WatchController {

	private final Waiters waiters;

	WatchController(Waiters waiters) {
		this.waiters = waiters;
	}

	@GetMapping({ "/governance/watch/{application}/{profile}", "/governance/watch/{application}/{profile}/{label}" })
	DeferredResult<ResponseEntity<RevisionAnswer>> watch(@PathVariable String application, @PathVariable String profile,
			@RequestParam(required = false) @Nullable String revision,
			@RequestParam(defaultValue = "30s") String wait) {
		return this.waiters.await(application, profile, revision, parse(wait));
	}

	private static Duration parse(String wait) {
		try {
			Duration parsed = DurationStyle.detectAndParse(wait);
			if (!parsed.isNegative()) {
				return parsed;
			}
		}
		catch (IllegalArgumentException ex) {
			// answered below, like a negative wait
		}
		throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
				"wait: not a waiting time (expected: a duration such as 30s)");
	}

}
