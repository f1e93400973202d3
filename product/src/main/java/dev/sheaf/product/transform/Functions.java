package dev.sheaf.product.transform;

import java.util.Set;

/// The functions that SQL in contracts and descriptors may call: those that compute from their
/// arguments alone. Nothing that reads files, settings, variables or other tables is here.
final class Functions {
    private static final String SCALAR =
            """
            + - * / // % ** ^ || & | ~ << >> @ ! ~~ !~~ ~~* !~~* ~~~ -> ->> = <> < <= > >= @> <@ && ^@
            abs acos asin atan atan2 cbrt ceil ceiling cos cot degrees div divide exp fdiv floor fmod gamma
            gcd greatest isfinite isinf isnan lcm least lgamma ln log log10 log2 mod multiply add subtract
            nextafter pi pow power radians round round_even sign signbit sin sqrt tan trunc even factorial
            array_extract array_slice ascii bar base64 bit_length bin chr char_length character_length
            concat concat_ws contains ends_with suffix prefix format format_bytes from_base64 from_hex greatest
            hash hex instr position strpos lcase left left_grapheme length length_grapheme len
            levenshtein editdist3 damerau_levenshtein hamming mismatches jaccard jaro_similarity
            jaro_winkler_similarity like_escape not_like_escape ilike_escape not_ilike_escape lower lpad ltrim
            md5 sha256 nfc_normalize ord parse_filename printf regexp_escape regexp_extract
            regexp_extract_all regexp_full_match regexp_matches regexp_replace regexp_split_to_array
            similar_to not_similar_to repeat replace reverse right right_grapheme rpad rtrim split split_part starts_with
            str_split str_split_regex string_split string_split_regex string_to_array strip_accents strlen
            substr substring substring_grapheme to_base64 to_hex translate trim ucase unbin unhex unicode
            unpivot_none upper url_decode url_encode
            coalesce ifnull nullif if error_none typeof
            age century date_add date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc
            day dayname dayofmonth dayofweek dayofyear decade epoch epoch_ms epoch_ns epoch_us era hour
            isodow isoyear julian last_day make_date make_time make_timestamp make_timestamptz microsecond
            millennium millisecond minute month monthname quarter second strftime strptime time_bucket
            timezone to_centuries to_days to_decades to_hours to_microseconds to_milliseconds to_minutes
            to_months to_quarters to_seconds to_timestamp to_weeks to_years try_strptime week weekday
            weekofyear year yearweek now current_date current_timestamp today get_current_timestamp
            list_value list_aggregate list_any_value list_append list_apply list_avg list_cat list_concat list_contains
            list_count list_distinct list_element list_extract list_filter list_first list_has list_has_all
            list_has_any list_indexof list_last list_max list_min list_position list_prepend list_reduce
            list_resize list_reverse list_reverse_sort list_select list_slice list_sort list_sum
            list_transform list_unique list_zip array_length array_value flatten struct_pack struct_extract row
            map map_contains map_entries map_extract map_extract_value map_from_entries map_keys map_values
            cardinality json json_array_length json_contains json_exists json_extract json_extract_path
            json_extract_path_text json_extract_string json_keys json_object json_array json_structure json_type
            json_valid json_value to_json array_to_json row_to_json is_json uuid_extract_version
            """;

    private static final String AGGREGATE =
            """
            any_value arg_max arg_min max_by min_by avg mean bit_and bit_or bit_xor bool_and bool_or
            count count_star count_if countif first last kurtosis skewness mad max median min mode
            approx_count_distinct approx_quantile quantile quantile_cont quantile_disc entropy product
            stddev stddev_pop stddev_samp sum sum_no_overflow fsum kahan_sum var_pop var_samp variance corr covar_pop
            covar_samp regr_slope regr_intercept regr_r2 string_agg list array_agg histogram
            favg geomean
            """;

    private static final String WINDOW =
            "row_number rank rank_dense dense_rank percent_rank cume_dist ntile lag lead"
                    + " first_value last_value nth_value fill";

    static final Set<String> ROW = words(SCALAR);
    static final Set<String> WINDOWED = words(AGGREGATE + " " + WINDOW);
    static final Set<String> ANY = words(SCALAR + " " + AGGREGATE + " " + WINDOW);

    private Functions() {}

    private static Set<String> words(String text) {
        return Set.of(
                java.util.Arrays.stream(text.strip().split("\\s+"))
                        .distinct()
                        .toArray(String[]::new));
    }
}
